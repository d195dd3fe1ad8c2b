import { NO_ANSWER } from "../connection_failure.ts";
import { TransportError } from "./otlp/transport.ts";
import type { Signal } from "./setting.ts";

/** Takes a message for the user: one sentence or two, without a final full stop. */
export type Report = (message: string) => void;

/** What a signal consists of, in messages. */
const WORDS: Record<Signal, { whole: string; items: string; flags: string }> = {
  traces: { whole: "spans", items: "spans", flags: "--bsp-max" },
  metrics: { whole: "metrics", items: "data points", flags: "" },
  logs: { whole: "log records", items: "log records", flags: "--blrp-max" },
};

const PAYLOAD_TOO_LARGE = 413;

/** Troubles that were told already: three signals that find the same server down are one trouble. */
export type ToldTroubles = Set<string>;

/** Options of {@linkcode Delivery}. */
export interface DeliveryOptions {
  signal: Signal;
  /** The URL that it goes to, for messages. */
  destination: string;
  report: Report;
  /** Shared by all deliveries of a program. */
  told?: ToldTroubles;
}

/**
 * The books of one exporter: how many items it was given, how many arrived, and why others did not.
 * Trouble is told once, and once more when it is over.
 */
export class Delivery {
  readonly signal: Signal;
  readonly destination: string;
  readonly #report: Report;
  readonly #told: ToldTroubles;
  #created = 0;
  #sent = 0;
  /** The trouble that lasts, and whether it was told here and not by another delivery. */
  #trouble: { key: string; isOurs: boolean } | undefined;
  #isEnding = false;
  #isLeftOutTold = false;
  #lastError = "";
  #dropped = 0;

  constructor({ signal, destination, report, told = new Set() }: DeliveryOptions) {
    this.signal = signal;
    this.destination = destination;
    this.#report = report;
    this.#told = told;
  }

  /** Items that were to be sent. */
  get created(): number {
    return this.#created;
  }

  /** Items that the server took. */
  get sent(): number {
    return this.#sent;
  }

  /** So many more are to be sent. */
  add(count = 1): void {
    this.#created += count;
  }

  /** An item found no place in the queue. */
  drop(): void {
    if (this.#dropped++ > 0 || this.#trouble || this.#isEnding) return;
    const { items, flags } = WORDS[this.signal];
    const less = this.signal === "traces" ? ", or record fewer with --traces-sampler" : "";
    this.#report(
      `Dropping ${items} for ${this.destination}: the queue is full. ` +
        `Raise ${flags}-queue-size${less}`,
    );
  }

  /** A batch was answered with success, though some of it may have been rejected. */
  succeed(count: number, { rejected, message }: { rejected: number; message: string }): void {
    this.#sent += count - rejected;
    if (rejected > 0) {
      const reason = `the server rejected ${rejected} of ${count}${message && `: ${message}`}`;
      this.#tell(reason, WHAT_WAS_REFUSED);
    } else if (message) {
      this.#hint(message);
    }
    if (rejected === 0 && this.#trouble) {
      const { key, isOurs } = this.#trouble;
      this.#trouble = undefined;
      this.#told.delete(key);
      const { whole } = WORDS[this.signal];
      if (isOurs) {
        this.#report(
          `${whole[0]!.toUpperCase()}${whole.slice(1)} reach ${this.destination} again`,
        );
      }
    }
  }

  /** A batch will be tried again. */
  delay(error: unknown): void {
    this.#tell(messageOf(error), this.#consequence(error));
  }

  /** A batch is lost. */
  fail(error: unknown): void {
    this.#tell(messageOf(error), this.#consequence(error));
  }

  /** Items are lost that cannot be encoded: that is no matter of the server. Told once. */
  leaveOut(error: unknown): void {
    this.#lastError = messageOf(error);
    if (this.#isLeftOutTold || this.#isEnding) return;
    this.#isLeftOutTold = true;
    this.#report(
      `Cannot encode some ${WORDS[this.signal].whole} for ${this.destination}: ` +
        `${this.#lastError}. The app runs on without them; check what it puts into them`,
    );
  }

  /** The program ends: from now on trouble is told by the summary alone. */
  end(): void {
    this.#isEnding = true;
  }

  /** What became of everything, in a line: to be told at the end. */
  summary(): string {
    const lost = this.#created - this.#sent;
    const { items } = WORDS[this.signal];
    const sent = `Sent ${this.#sent} of ${this.#created} ${items} to ${this.destination}`;
    if (lost === 0) return sent;
    const reason = this.#lastError ||
      (this.#dropped > 0 ? "the queue was full" : NO_ANSWER);
    return `${sent}, lost ${lost}: ${reason}`;
  }

  /** What a server that took everything says all the same, once. */
  #hint(message: string): void {
    const key = `${originOf(this.destination)} ${message}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    const { whole } = WORDS[this.signal];
    this.#report(`The server took the ${whole} at ${this.destination}, and says: ${message}`);
  }

  #tell(reason: string, consequence: string): void {
    this.#lastError = reason;
    if (this.#trouble || this.#isEnding) return;
    const key = `${originOf(this.destination)} ${reason}`;
    const isOurs = !this.#told.has(key);
    this.#trouble = { key, isOurs };
    this.#told.add(key);
    if (!isOurs) return;
    this.#report(
      `Cannot send ${WORDS[this.signal].whole} to ${this.destination}: ${reason}. ` +
        `The app runs on${consequence}`,
    );
  }

  /** What follows, and what to do: where nobody answers, and where the answer is no. */
  #consequence(error: unknown): string {
    if (!(error instanceof TransportError && (error.answered || !error.retryable))) {
      return " and sends again; start a collector there, choose another place with --endpoint, " +
        `or none with --${this.signal}-exporter none`;
    }
    if (error.httpStatus === PAYLOAD_TOO_LARGE) {
      const { flags } = WORDS[this.signal];
      const smaller = flags && `send smaller batches with ${flags}-export-batch-size, or `;
      return ` and does not send that again; ${smaller}raise the limit of the server`;
    }
    return error.retryable
      ? " and sends again; if that goes on, send less, or see what the server itself says"
      : WHAT_WAS_REFUSED;
  }
}

const WHAT_WAS_REFUSED = " and does not send that again; " +
  "check --endpoint, --protocol and --exporter-otlp-headers";

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function originOf(destination: string): string {
  return URL.canParse(destination) ? new URL(destination).host : destination;
}
