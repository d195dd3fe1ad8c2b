/** When a fault is active: always, or in a window that begins when the shop starts. */
export interface FaultWindow {
  /** From when on. */
  afterMillis: number;
  /** For how long; Infinity is to the end. */
  forMillis: number;
}

/** Whether a fault is active, and in which requests. */
export class Activity {
  readonly #window: FaultWindow;
  readonly #clock: () => number;
  readonly #startMillis: number;
  #count = 0;

  /** The clock returns milliseconds since an arbitrary time. */
  constructor(window: FaultWindow, clock = () => performance.now()) {
    this.#window = window;
    this.#clock = clock;
    this.#startMillis = clock();
  }

  /** Whether it is active now. */
  get isOn(): boolean {
    const elapsed = this.#clock() - this.#startMillis;
    const { afterMillis, forMillis } = this.#window;
    return elapsed >= afterMillis && elapsed < afterMillis + forMillis;
  }

  /** Whether this request has it: the last one of so many that come while it is there. */
  strikes(every: number): boolean {
    return this.isOn && ++this.#count % every === 0;
  }
}
