import type { HttpLimits } from "../http/limits.ts";
import type { Body } from "./body.ts";

/** How often the rate of a body is checked. */
const PACE_SECONDS = 5;

/** Checks every second whether the body of a request arrives fast enough. */
export class PaceClock {
  /** Whether the request was answered, so that the rest of its body is useless. */
  isAnswered = false;
  readonly #limits: HttpLimits;
  #seconds = 0;
  #pacedBytes = 0;
  #unwantedSeconds = 0;

  constructor(limits: HttpLimits) {
    this.#limits = limits;
  }

  /** Whether an unneeded body has taken too long. */
  get isUnwantedTooLong(): boolean {
    return this.#unwantedSeconds > this.#limits.unwantedBodySeconds;
  }

  /** Advances the clock by a second; returns whether the body arrives too slowly. */
  tick({ isWaiting, receivedBytes }: Pick<Body, "isWaiting" | "receivedBytes">): boolean {
    if (this.isAnswered) this.#unwantedSeconds++;
    if (!isWaiting || this.isAnswered) return false;
    this.#seconds++;
    if (this.#seconds > this.#limits.bodySeconds) return true;
    if (this.#seconds % PACE_SECONDS !== 0) return false;
    const isSlow = receivedBytes - this.#pacedBytes <
      PACE_SECONDS * this.#limits.bodyBytesPerSecond;
    this.#pacedBytes = receivedBytes;
    return isSlow;
  }
}
