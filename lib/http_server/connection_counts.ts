/** Counts of connections since the start. */
export interface ConnectionCounts {
  accepted: number;
  /** Failed to be accepted: the client was gone, or the process was out of files. */
  notAccepted: number;
  /** Ended by a network error. */
  lost: number;
  /** Closed to make room for others. */
  evicted: number;
  /** Closed for being silent, idle, or too slow. */
  timedOut: number;
  /** Closed for violations, such as floods. */
  refused: number;
  /** How often accepting paused because the process was out of file descriptors or memory. */
  pauses: number;
}

/** The counts before the first connection. */
export function noConnections(): ConnectionCounts {
  return {
    accepted: 0,
    notAccepted: 0,
    lost: 0,
    evicted: 0,
    timedOut: 0,
    refused: 0,
    pauses: 0,
  };
}
