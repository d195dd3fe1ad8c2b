/** At most ten times a second. */
const MIN_INTERVAL_MS = 100;
/** Calls back for at most a tenth of the time. */
const MAX_SHARE = 0.1;

/** Calls back some time after it is armed, but not too often. */
export class ChangeTimer {
  isOn = false;
  readonly #onTime: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;

  constructor(onTime: () => void) {
    this.#onTime = onTime;
  }

  arm(): void {
    if (!this.isOn || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const start = performance.now();
      this.#onTime();
      const end = performance.now();
      this.#notBefore = end + Math.max(MIN_INTERVAL_MS, (end - start) / MAX_SHARE);
    }, Math.max(0, this.#notBefore - performance.now()));
  }
}
