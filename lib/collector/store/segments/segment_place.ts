import { type Signal, SIGNALS } from "../../../otlp/signal.ts";

/** A number for a segment that no segment of another signal has. */
export function placeOf(signal: Signal, number: number): number {
  return number * SIGNALS.length + SIGNALS.indexOf(signal);
}

/** The number of the segment at a place; undefined if that is of another signal. */
export function numberAt(place: number, signal: Signal): number | undefined {
  const number = (place - SIGNALS.indexOf(signal)) / SIGNALS.length;
  return Number.isInteger(number) ? number : undefined;
}
