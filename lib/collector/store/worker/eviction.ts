import { type Signal, SIGNALS } from "../../../otlp/signal.ts";
import type { Growth } from "../index/growth.ts";
import type { SignalStores } from "../index/signal_stores.ts";
import type { StoredBytes } from "./stored_bytes.ts";

/**
 * The share of the bytes that each signal is guaranteed. Other signals may use what it leaves. This way,
 * a flood of spans does not push out logs and metrics.
 */
export const SHARES = { traces: 0.7, logs: 0.2, metrics: 0.1 } as const satisfies Record<
  Signal,
  number
>;

/** A request that is about to be kept. */
export interface Incoming {
  signal: Signal;
  growth: () => Growth;
}

/**
 * Evicts the oldest data of the signal that exceeds its share the most, until everything is within the
 * limits, with what is incoming.
 */
export function evictToFit(stores: SignalStores, limits: StoredBytes, incoming?: Incoming): void {
  for (;;) {
    const growth = incoming?.growth();
    const sizeOf = (signal: Signal, what: keyof Growth) =>
      (what === "bytes" ? stores[signal].bytes.byteLength : stores[signal].indexBytes) +
      (growth && signal === incoming?.signal ? growth[what] : 0);
    const indexOf = (signal: Signal) => sizeOf(signal, "indexBytes");
    const allOf = (signal: Signal) => sizeOf(signal, "bytes") + indexOf(signal);
    const signals = beyond(allOf, limits.all) ?? beyond(indexOf, limits.inMemory);
    if (!signals?.some((signal) => stores[signal].evictOldest())) return;
  }
}

/** How many bytes all signals take. */
export function storedBytes(stores: SignalStores): number {
  return totalOf((signal) => stores[signal].bytes.byteLength + stores[signal].indexBytes);
}

/** The signals that exceed their shares the most come first. Undefined if all are within the limit. */
function beyond(sizeOf: (signal: Signal) => number, limit: number): Signal[] | undefined {
  if (totalOf(sizeOf) <= limit) return undefined;
  const excess = (signal: Signal) => sizeOf(signal) - limit * SHARES[signal];
  return SIGNALS.toSorted((a, b) => excess(b) - excess(a));
}

function totalOf(sizeOf: (signal: Signal) => number): number {
  return SIGNALS.reduce((total, signal) => total + sizeOf(signal), 0);
}
