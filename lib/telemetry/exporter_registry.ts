import { Delivery, type Report, type ToldTroubles } from "./delivery.ts";
import type { Signal } from "../otlp/signal.ts";
import { maskCredentials } from "./value_types.ts";

/** Something that tries again what could not be sent, until it is told not to. */
export interface Retrying {
  stopRetrying(): void;
}

/** The exporters of a program, with what they share: their reports to the user, and their end. */
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

  /** Lets the end reach the sender too. */
  add(sender: Retrying): void {
    this.#retrying.push(sender);
  }

  /** The program is about to end: nothing is tried twice any more. */
  end(): void {
    for (const delivery of this.deliveries) delivery.end();
    for (const sender of this.#retrying) sender.stopRetrying();
  }
}
