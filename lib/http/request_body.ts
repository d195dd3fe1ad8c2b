/** A body that never completes. */
export class BodyError extends Error {
  override name = "BodyError";
  /** `aborted`: the client reset the stream or disconnected; `slow`: the body exceeded a time limit. */
  readonly reason: "aborted" | "slow";

  constructor(reason: "aborted" | "slow", message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Receives a part of a body, which is a view that is only valid during the call. If it returns a promise, the
 * next part follows after that.
 */
export type TakePart = (part: Uint8Array) => void | Promise<void>;

/** A request body, as handlers see it. */
export interface HttpBody {
  /**
   * Reads the body; resolves at its end. If `take` fails, reading fails with that error, and the rest is
   * dropped. A body can be read once.
   *
   * @throws {BodyError} If the body never completes.
   */
  read(take: TakePart): Promise<void>;
}
