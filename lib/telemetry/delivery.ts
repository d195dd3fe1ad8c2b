import { NO_ANSWER, TransportError } from "./otlp/transport.ts";

/** What to do where nobody answers, and where the answer is no. */
const START_SERVER = "start a collector there, or choose another place with --endpoint";
const CHECK_SERVER = "check --endpoint, --protocol and --exporter-otlp-headers";

/** Takes a message for the user: one sentence or two, without a final full stop. */
export type Report = (message: string) => void;

/**
 * The books of one exporter: how many spans it was given, how many arrived, and why others did not.
 * Trouble is told once, and once more when it is over.
 */
export class Delivery {
  /** Where the spans go, for messages. */
  readonly destination: string;
  readonly #report: Report;
  #created = 0;
  #sent = 0;
  #inTrouble = false;
  #isEnding = false;
  #lastError = "";
  #dropped = 0;

  constructor(destination: string, report: Report) {
    this.destination = destination;
    this.#report = report;
  }

  /** Spans that ended and were to be sent. */
  get created(): number {
    return this.#created;
  }

  /** Spans that the server took. */
  get sent(): number {
    return this.#sent;
  }

  /** One more span ended. */
  add(): void {
    this.#created++;
  }

  /** A span found no place in the queue. */
  drop(): void {
    if (this.#dropped++ > 0 || this.#inTrouble || this.#isEnding) return;
    this.#report(
      `Dropping spans for ${this.destination}: the queue is full. ` +
        "Raise --bsp-max-queue-size, or record fewer with --traces-sampler",
    );
  }

  /** A batch was answered with success, though some of it may have been rejected. */
  succeed(count: number, { rejected, message }: { rejected: number; message: string }): void {
    this.#sent += count - rejected;
    if (rejected > 0) {
      const reason = `the server rejected ${rejected} of ${count}${message && `: ${message}`}`;
      this.#trouble(reason, CHECK_SERVER);
    } else if (this.#inTrouble) {
      this.#inTrouble = false;
      this.#report(`Spans reach ${this.destination} again`);
    }
  }

  /** A batch will be tried again. */
  delay(error: unknown): void {
    this.#trouble(messageOf(error), remedyOf(error));
  }

  /** A batch is lost. */
  fail(error: unknown): void {
    this.#trouble(messageOf(error), remedyOf(error));
  }

  /** The program ends: from now on trouble is told by the summary alone. */
  end(): void {
    this.#isEnding = true;
  }

  /** What became of all spans, in a line: to be told at the end. */
  summary(): string {
    const lost = this.#created - this.#sent;
    const sent = `Sent ${this.#sent} of ${this.#created} spans to ${this.destination}`;
    if (lost === 0) return sent;
    const reason = this.#lastError ||
      (this.#dropped > 0 ? "the queue was full" : NO_ANSWER);
    return `${sent}, lost ${lost}: ${reason}`;
  }

  #trouble(reason: string, remedy: string): void {
    this.#lastError = reason;
    if (this.#inTrouble || this.#isEnding) return;
    this.#inTrouble = true;
    this.#report(
      `Cannot send spans to ${this.destination}: ${reason}. The app runs on and sends again; ${remedy}`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function remedyOf(error: unknown): string {
  return error instanceof TransportError && error.answered ? CHECK_SERVER : START_SERVER;
}
