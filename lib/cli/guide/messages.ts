/** The maximum number of messages that are worth reading afterwards. */
const MAX_HELD = 20;

/** Messages for the terminal, which are held back while it shows a view. */
export class Messages {
  readonly #write: (line: string) => void;
  #held: string[] | undefined;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  readonly report = (line: string): void => {
    if (!this.#held) return this.#write(line);
    this.#held.push(line);
    if (this.#held.length > MAX_HELD) this.#held.shift();
  };

  /** Holds messages back until disposed; then the latest are printed. */
  hold(): Disposable {
    this.#held = [];
    return {
      [Symbol.dispose]: () => {
        const held = this.#held ?? [];
        this.#held = undefined;
        for (const line of held) this.#write(line);
      },
    };
  }
}
