/**
 * What a server allows its clients. Seconds are ticks of the server's clock, so a process that was
 * suspended or busy does not blame its clients for it.
 */
export interface HttpLimits {
  /** Open connections. Beyond that, the one that has been idle longest is closed. */
  connections: number;
  /** Requests in progress on one connection. */
  concurrentStreams: number;
  /** Unread body bytes per request (SETTINGS_INITIAL_WINDOW_SIZE). */
  streamWindowBytes: number;
  /** Unread body bytes per connection. */
  connectionWindowBytes: number;
  /** Size of the header fields of one request (SETTINGS_MAX_HEADER_LIST_SIZE). */
  headerListBytes: number;
  /** Number of HEADERS and CONTINUATION frames that they may be split into. */
  headerBlockFrames: number;
  /** Size of the dynamic table (SETTINGS_HEADER_TABLE_SIZE). */
  headerTableBytes: number;
  /** Size of the header fields of all requests in progress, across connections. */
  heldHeaderBytes: number;
  /** Requests that the client resets, or that are reset for its errors: a burst, and a rate. */
  resetsAtOnce: number;
  resetsPerSecond: number;
  /** Frames without content, such as PING, SETTINGS, WINDOW_UPDATE and tiny DATA. */
  controlFramesAtOnce: number;
  controlFramesPerSecond: number;
  /** Time until it is clear which protocol the client speaks. */
  prefaceSeconds: number;
  /** Time to acknowledge the server's settings, and to complete a header block. */
  settingsSeconds: number;
  /** Time to the first request. */
  firstRequestSeconds: number;
  /** Time without a request. */
  idleSeconds: number;
  /** Minimum rate of a body, measured over five seconds. */
  bodyBytesPerSecond: number;
  /** Time for a whole body. */
  bodySeconds: number;
  /** Time that output waits for a client that does not read. */
  responseSeconds: number;
  /** How much, and how long, a body is still read after it was answered. */
  unwantedBodyBytes: number;
  unwantedBodySeconds: number;
}

/** Enough for hundreds of exporters, and small enough for a laptop. */
export const DEFAULT_LIMITS: HttpLimits = {
  connections: 512,
  concurrentStreams: 256,
  streamWindowBytes: 1024 * 1024,
  connectionWindowBytes: 4 * 1024 * 1024,
  headerListBytes: 16 * 1024,
  headerBlockFrames: 8,
  headerTableBytes: 4096,
  heldHeaderBytes: 16 * 1024 * 1024,
  resetsAtOnce: 4000,
  resetsPerSecond: 200,
  controlFramesAtOnce: 1000,
  controlFramesPerSecond: 200,
  prefaceSeconds: 10,
  settingsSeconds: 10,
  firstRequestSeconds: 30,
  idleSeconds: 300,
  bodyBytesPerSecond: 4 * 1024,
  bodySeconds: 60,
  responseSeconds: 20,
  unwantedBodyBytes: 1024 * 1024,
  unwantedBodySeconds: 5,
};
