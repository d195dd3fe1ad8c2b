import { Delivery, type Report, type ToldTroubles } from "./delivery.ts";
import type { Signal } from "../otlp/signal.ts";
import { maskCredentials } from "./value_types.ts";

/** Something that retries failed requests until it is told not to. */
export interface Retrying {
  stopRetrying(): void;
}

/** The exporters of a program, with their shared reports to the user and their shutdown. */
export class ExporterRegistry {
  /** Takes messages for the user. */
  readonly report: Report;
  /** The counts of each exporter that can lose something. */
  readonly deliveries: Delivery[] = [];
  readonly #told: ToldTroubles = new Set();
  readonly #retrying: Retrying[] = [];

  constructor(report: Report) {
    this.report = report;
  }

  /** Starts to count what becomes of one exporter's items. */
  openDelivery(signal: Signal, url: string): Delivery {
    const destination = maskCredentials(url);
    const delivery = new Delivery({
      signal,
      destination,
      report: this.report,
      told: this.#told,
    });
    this.deliveries.push(delivery);
    return delivery;
  }

  /** Registers the sender for the shutdown, too. */
  add(sender: Retrying): void {
    this.#retrying.push(sender);
  }

  /** The program is about to end: nothing is retried from now on. */
  end(): void {
    for (const delivery of this.deliveries) delivery.end();
    for (const sender of this.#retrying) sender.stopRetrying();
  }
}
