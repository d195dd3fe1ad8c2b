/** The maximum queue of a client: more than is replayed, so that a replay always fits. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

const encoder = new TextEncoder();

/** How long the browser waits before it reconnects. */
const GREETING = encoder.encode("retry: 1000\n\n");
const HEARTBEAT = encoder.encode(":\n\n");

/** One client's stream of server-sent events, with the queue of unread ones. */
export class EventClient {
  /** The client's side of the stream; cancelling it releases everything. */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  #waiting: Uint8Array<ArrayBuffer>[] = [GREETING];
  #waitingBytes = GREETING.length;
  #isEnded = false;
  #wake: (() => void) | undefined;
  readonly #onEnd: () => void;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    this.stream = new ReadableStream({
      pull: (controller) => this.#pull(controller),
      cancel: () => this.end(),
    }, { highWaterMark: 0 });
  }

  /** Returns false, and does nothing, if the queue is full. */
  send(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.#waitingBytes + bytes.length > MAX_WAITING_BYTES) return false;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#wake?.();
    return true;
  }

  /** Clears the queue and sends this instead. */
  restart(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.send(bytes);
  }

  /** Sends a keep-alive if the stream is silent. */
  beat(): void {
    if (this.#waiting.length === 0) this.send(HEARTBEAT);
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#waiting = [];
    this.#wake?.();
    this.#onEnd();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> {
    while (this.#waiting.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
    const bytes = this.#waiting.shift();
    if (!bytes) return controller.close();
    this.#waitingBytes -= bytes.length;
    controller.enqueue(bytes);
  }
}
