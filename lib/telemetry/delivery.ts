import type { PartialSuccess } from "../otlp/export_response.ts";
import { NO_ANSWER } from "../connection_failure.ts";
import { messageOf } from "../error_message.ts";
import { DeliveryCounts } from "./delivery_counts.ts";
import { TransportError } from "./otlp/transport.ts";
import { ITEM_NAMES, type Signal } from "../otlp/signal.ts";

/** Takes a message for the user: one sentence or two, without a final full stop. */
export type Report = (message: string) => void;

/** The name of a signal's items, in messages. */
const WORDS: Record<Signal, { whole: string; flags: string }> = {
  traces: { whole: "spans", flags: "--bsp-max" },
  metrics: { whole: "metrics", flags: "" },
  logs: { whole: "log records", flags: "--blrp-max" },
};

const PAYLOAD_TOO_LARGE = 413;

/** Problems that were already reported: if three signals find the same server down, that is one problem. */
export type ToldTroubles = Set<string>;

/** Options of {@linkcode Delivery}. */
export interface DeliveryOptions {
  signal: Signal;
  /** The destination URL, for messages. */
  destination: string;
  report: Report;
  /** Shared by all deliveries of a program. */
  told?: ToldTroubles;
}

/**
 * The {@linkcode DeliveryCounts} of one exporter, and what the user sees of them: a problem is reported once,
 * and once more when it is over, and there is a line at the end.
 */
export class Delivery {
  readonly signal: Signal;
  readonly destination: string;
  readonly #counts = new DeliveryCounts();
  readonly #report: Report;
  readonly #told: ToldTroubles;
  /** The current problem, and whether it was reported here rather than by another delivery. */
  #trouble: { key: string; isOurs: boolean } | undefined;
  /** Why the server did not accept the last batch; undefined if it did. */
  #obstacle: string | undefined;
  /** Whether the server accepted the last batch. */
  #tookLast = false;
  #isEnding = false;
  #isUnencodableTold = false;

  constructor({ signal, destination, report, told = new Set() }: DeliveryOptions) {
    this.signal = signal;
    this.destination = destination;
    this.#report = report;
    this.#told = told;
  }

  /** Items to send. */
  get created(): number {
    return this.#counts.created;
  }

  /** Items that the server accepted. */
  get sent(): number {
    return this.#counts.sent;
  }

  /** Items that did not reach the server, or that it rejected. */
  get lost(): number {
    return this.#counts.lost;
  }

  /** Items that were never sent because the queue was full. */
  get dropped(): number {
    return this.#counts.dropped;
  }

  /**
   * How many requests may be in flight, given the exporter's maximum: one, as long as the server is silent or
   * in trouble.
   */
  maxInFlight(limit: number): number {
    return this.#tookLast ? limit : 1;
  }

  /** Adds items to send. */
  add(count = 1): void {
    this.#counts.add(count);
  }

  /** Counts added items that did not fit into the queue. The advice follows the message about it. */
  drop(count = 1, advice = this.#queueAdvice()): void {
    const isFirst = this.#counts.dropped === 0;
    this.#counts.drop(count);
    if (!isFirst || this.#trouble || this.#isEnding) return;
    const items = ITEM_NAMES[this.signal];
    this.#report(`Dropping ${items} for ${this.destination}: the queue is full. ${advice}`);
  }

  /**
   * Counts added items as lost: because of a {@linkcode TransportError} in transit, because they can't be
   * encoded (any other error), or for a reason in a few words.
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
   * Counts added items that are sent together: as sent if the promise resolves, except those that the server
   * rejected, otherwise as lost. Never rejects.
   */
  async settle(count: number, outcome: Promise<PartialSuccess>): Promise<void> {
    try {
      this.#accept(count, await outcome);
    } catch (error) {
      this.lose(count, error);
    }
  }

  /** A batch will be retried. */
  delay(error: TransportError): void {
    const reason = messageOf(error);
    this.#obstruct(reason);
    this.#tell(reason, this.#consequence(error));
  }

  /** The program is ending: from now on, only the summary reports problems. */
  end(): void {
    this.#isEnding = true;
  }

  /**
   * Closes the counts and returns a summary line; undefined if there was nothing. Items in flight are lost,
   * with the problem that they met as the reason, or else the one given.
   */
  close(reason = NO_ANSWER): string | undefined {
    this.end();
    this.#counts.close(this.#obstacle ?? reason);
    return this.created > 0 ? this.summary() : undefined;
  }

  /** A summary line of everything so far. */
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
    // A server's number can be wrong: it can't reject more items than it got, or fewer than none.
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

  /** Not a problem of the server, so it doesn't end with the next success. */
  #tellUnencodable(reason: string): void {
    if (this.#isUnencodableTold || this.#isEnding) return;
    this.#isUnencodableTold = true;
    this.#report(
      `Cannot encode some ${WORDS[this.signal].whole} for ${this.destination}: ${reason}. ` +
        "The app continues without them; check their contents",
    );
  }

  #recover({ key, isOurs }: { key: string; isOurs: boolean }): void {
    this.#trouble = undefined;
    this.#told.delete(key);
    if (!isOurs) return;
    const { whole } = WORDS[this.signal];
    this.#report(`${whole[0]!.toUpperCase()}${whole.slice(1)} reach ${this.destination} again`);
  }

  /** The server's warning about a request that it accepted completely, reported once. */
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
        `The app continues${consequence}`,
    );
  }

  #queueAdvice(): string {
    const { flags } = WORDS[this.signal];
    const less = this.signal === "traces" ? ", or record fewer with --traces-sampler" : "";
    return `Raise ${flags}-queue-size${less}`;
  }

  /** The consequence and the next step, for an unreachable server and for a rejection. */
  #consequence(error: TransportError): string {
    if (!error.answered && error.retryable) {
      return " and retries; start a collector there, choose another place with --endpoint, " +
        `or none with --${this.signal}-exporter none`;
    }
    if (error.httpStatus === PAYLOAD_TOO_LARGE) {
      const { flags } = WORDS[this.signal];
      const smaller = flags && `send smaller batches with ${flags}-export-batch-size, or `;
      return ` and does not send that again; ${smaller}raise the limit of the server`;
    }
    return error.retryable
      ? " and retries; if this continues, send less, or check the server's logs"
      : WHAT_WAS_REFUSED;
  }
}

const WHAT_WAS_REFUSED = " and does not send that again; " +
  "check --endpoint, --protocol and --exporter-otlp-headers";

function originOf(destination: string): string {
  return URL.canParse(destination) ? new URL(destination).host : destination;
}
