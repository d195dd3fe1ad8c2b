/** Why a server ended a connection: it took too long, or did what no client may do. */
export type Ending = "timed out" | "refused";

/** Serves one connection, in whatever protocol the client speaks. */
export interface Carrier {
  /** Whether no request is in progress. */
  readonly isIdle: boolean;
  /** Whether the client has asked for something since it connected. */
  readonly hasAsked: boolean;
  /** Seconds since the client last asked for something. */
  readonly quietSeconds: number;
  /** Undefined unless the server ended the connection for what the client did, or did not do. */
  readonly ending: Ending | undefined;
  /**
   * Serves the connection until either side ends it.
   *
   * @param start Input that was already read.
   * @throws The errors of the socket.
   */
  run(start: Uint8Array): Promise<void>;
  /** Advances the clock by a second. */
  tick(): void;
  /** Takes no new requests, answers those in progress, and ends the connection. */
  close(explanation: string): void;
  /** Ends the connection to make room for others. */
  evict(): void;
}
