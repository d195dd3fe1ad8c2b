import type { PartialSuccess } from "../otlp/export_response.ts";
import { NO_ANSWER } from "../connection_failure.ts";
import { messageOf } from "../error_message.ts";
import { DeliveryCounts } from "./delivery_counts.ts";
import { TransportError } from "./otlp/transport.ts";
import { ITEM_NAMES, type Signal } from "../otlp/signal.ts";

/** Takes a message for the user: one sentence or two, without a final full stop. */
export type Report = (message: string) => void;

/** What a signal consists of, in messages. */
const WORDS: Record<Signal, { whole: string; flags: string }> = {
  traces: { whole: "spans", flags: "--bsp-max" },
  metrics: { whole: "metrics", flags: "" },
  logs: { whole: "log records", flags: "--blrp-max" },
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
 * The {@linkcode DeliveryCounts} of one exporter, and what the user is told of them: trouble once, and
 * once more when it is over, and a line at the end.
 */
export class Delivery {
  readonly signal: Signal;
  readonly destination: string;
  readonly #counts = new DeliveryCounts();
  readonly #report: Report;
  readonly #told: ToldTroubles;
  /** The trouble that lasts, and whether it was told here and not by another delivery. */
  #trouble: { key: string; isOurs: boolean } | undefined;
  /** Why the server did not take the last batch; undefined if it did. */
  #obstacle: string | undefined;
  /** Whether the server took the last batch. */
  #tookLast = false;
  #isEnding = false;
  #isUnencodableTold = false;

  constructor({ signal, destination, report, told = new Set() }: DeliveryOptions) {
    this.signal = signal;
    this.destination = destination;
    this.#report = report;
    this.#told = told;
  }

  /** Items that were to be sent. */
  get created(): number {
    return this.#counts.created;
  }

  /** Items that the server took. */
  get sent(): number {
    return this.#counts.sent;
  }

  /** Items that did not reach the server, or that it refused. */
  get lost(): number {
    return this.#counts.lost;
  }

  /** Items that were never sent, because there was no room to wait. */
  get dropped(): number {
    return this.#counts.dropped;
  }

  /**
   * How many requests may be on their way at a time, where the exporter allows so many at most: as long
   * as the server is silent or has trouble, one.
   */
  maxInFlight(limit: number): number {
    return this.#tookLast ? limit : 1;
  }

  /** So many more are to be sent. */
  add(count = 1): void {
    this.#counts.add(count);
  }

  /** So many that were added found no room; the advice follows the message that says so. */
  drop(count = 1, advice = this.#queueAdvice()): void {
    const isFirst = this.#counts.dropped === 0;
    this.#counts.drop(count);
    if (!isFirst || this.#trouble || this.#isEnding) return;
    const items = ITEM_NAMES[this.signal];
    this.#report(`Dropping ${items} for ${this.destination}: the queue is full. ${advice}`);
  }

  /**
   * So many that were added are lost: for a {@linkcode TransportError} on the way, for any other error
   * because they cannot be encoded, or for a reason in a few words.
   */
  lose(count: number, error: unknown): void {
    const reason = messageOf(error);
    this.#counts.lose(count, reason);
    if (error instanceof TransportError) {
      this.#obstruct(reason);
      this.#tell(reason, this.#consequence(error));
    } else if (error instanceof Error) {
      this.#tellUnencodable(reason);
    }
  }

  /**
   * Counts so many that were added and are sent together: as sent if the promise is kept, but for
   * those that the server rejected, else as lost. Never rejects.
   */
  async settle(count: number, outcome: Promise<PartialSuccess>): Promise<void> {
    try {
      this.#accept(count, await outcome);
    } catch (error) {
      this.lose(count, error);
    }
  }

  /** A batch will be tried again. */
  delay(error: TransportError): void {
    const reason = messageOf(error);
    this.#obstruct(reason);
    this.#tell(reason, this.#consequence(error));
  }

  /** The program ends: from now on trouble is told by the summary alone. */
  end(): void {
    this.#isEnding = true;
  }

  /**
   * Closes the counts and returns what became of everything, in a line; undefined if there was nothing.
   * What is still on its way is lost: for the obstacle that it met, or for the reason given.
   */
  close(reason = NO_ANSWER): string | undefined {
    this.end();
    this.#counts.close(this.#obstacle ?? reason);
    return this.created > 0 ? this.summary() : undefined;
  }

  /** What became of everything so far, in a line. */
  summary(): string {
    const { created, sent, lost, dropped } = this.#counts;
    const missing = [
      ...lost > 0 ? [`lost ${lost}: ${this.#counts.lossReasons()}`] : [],
      ...dropped > 0 ? [`dropped ${dropped}: the queue was full`] : [],
    ];
    const items = ITEM_NAMES[this.signal];
    return [
      `Sent ${sent} of ${created} ${items} to ${this.destination}`,
      ...missing.length > 0 ? [missing.join("; ")] : [],
    ].join(", ");
  }

  #accept(count: number, { rejected: claimed, message }: PartialSuccess): void {
    // A server can be wrong: it rejected no more than it got, and no less than nothing.
    const rejected = Math.max(Math.min(claimed, count) || 0, 0);
    this.#obstacle = undefined;
    this.#tookLast = true;
    this.#counts.send(count - rejected);
    if (rejected > 0) {
      this.#counts.lose(rejected, `rejected by the server${message && ` (${message})`}`);
      const reason = `the server rejected ${rejected} of ${count}${message && `: ${message}`}`;
      this.#tell(reason, WHAT_WAS_REFUSED);
      return;
    }
    if (message) this.#hint(message);
    if (this.#trouble) this.#recover(this.#trouble);
  }

  #obstruct(reason: string): void {
    this.#obstacle = reason;
    this.#tookLast = false;
  }

  /** That is no matter of the server: it is no trouble that ends with the next success. */
  #tellUnencodable(reason: string): void {
    if (this.#isUnencodableTold || this.#isEnding) return;
    this.#isUnencodableTold = true;
    this.#report(
      `Cannot encode some ${WORDS[this.signal].whole} for ${this.destination}: ${reason}. ` +
        "The app runs on without them; check what it puts into them",
    );
  }

  #recover({ key, isOurs }: { key: string; isOurs: boolean }): void {
    this.#trouble = undefined;
    this.#told.delete(key);
    if (!isOurs) return;
    const { whole } = WORDS[this.signal];
    this.#report(`${whole[0]!.toUpperCase()}${whole.slice(1)} reach ${this.destination} again`);
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

  #queueAdvice(): string {
    const { flags } = WORDS[this.signal];
    const less = this.signal === "traces" ? ", or record fewer with --traces-sampler" : "";
    return `Raise ${flags}-queue-size${less}`;
  }

  /** What follows, and what to do: where nobody answers, and where the answer is no. */
  #consequence(error: TransportError): string {
    if (!error.answered && error.retryable) {
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

function originOf(destination: string): string {
  return URL.canParse(destination) ? new URL(destination).host : destination;
}
