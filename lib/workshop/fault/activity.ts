/** When a fault is active: always, or in a window that begins when the shop starts. */
export interface FaultWindow {
  /** How long after the start it begins. */
  afterMillis: number;
  /** How long it lasts; Infinity means until the end. */
  forMillis: number;
}

/** Whether a fault is active, and which requests it affects. */
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

  /** Whether it affects this request: one in `every` of those that arrive while it is active. */
  strikes(every: number): boolean {
    return this.isOn && ++this.#count % every === 0;
  }
}
