import type { Store, StoreChanges } from "../store/store.ts";
import type { ExportLog } from "./export_log.ts";
import type { CollectorStats, ExportRecord, LiveEvents, StoreStats } from "../model.ts";

/** Exports are collected for this long: at most ten events a second. */
const EXPORTS_EVERY_MS = 100;

/** The maximum number of items in that time that are listed individually. */
const MAX_EXPORTS = 200;

/** If more traces change than can be listed, clients reload, but not constantly. */
const RESYNC_AFTER_MS = 1_000;

/** The sources of the events. */
export interface LiveFeedOptions {
  store: Store;
  exports: ExportLog;
  stats: (store: StoreStats) => CollectorStats;
}

/** Sends an event to all clients. */
type PublishLive = <Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]) => void;

/** Publishes changes of the store and the export log until disposed. */
export function startLiveFeed(
  { store, exports, stats }: LiveFeedOptions,
  publish: PublishLive,
): Disposable {
  let newExports: ExportRecord[] = [];
  const timers = new Map<() => void, ReturnType<typeof setTimeout>>();

  function later(action: () => void, delayMs: number): void {
    if (timers.has(action)) return;
    timers.set(
      action,
      setTimeout(() => {
        timers.delete(action);
        action();
      }, delayMs),
    );
  }

  function publishExports(): void {
    publish("exports", newExports);
    newExports = [];
  }

  function publishResync(): void {
    publish("resync", {});
  }

  function publishChanges(changes: StoreChanges): void {
    const { traces, logCount, lastLogSequence, metricNames } = changes;
    if (traces.length > 0) publish("traces", traces);
    if (logCount > 0) publish("logs", { count: logCount, lastSequence: lastLogSequence });
    if (metricNames.length > 0) publish("metrics", metricNames);
    publish("stats", stats(changes.stats));
    if (changes.isTruncated) later(publishResync, RESYNC_AFTER_MS);
  }

  const changes = store.subscribe(publishChanges);
  const records = exports.subscribe((record) => {
    newExports.push(record);
    if (newExports.length > MAX_EXPORTS) newExports.shift();
    later(publishExports, EXPORTS_EVERY_MS);
  });
  return {
    [Symbol.dispose]() {
      changes[Symbol.dispose]();
      records[Symbol.dispose]();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
