import { type Store, type StoreChanges, StoreUnavailableError } from "../store/store.ts";
import type { ExportLog } from "./export_log.ts";
import { LatestExports } from "./latest_exports.ts";
import type { CollectorStats, LiveEvents, StoreStats } from "../model.ts";

/** Exports are collected for this long: at most ten events a second. */
const EXPORTS_EVERY_MS = 100;

/** The maximum number of requests of each outcome in that time that are listed individually. */
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
  let newExports = new LatestExports(MAX_EXPORTS);
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
    const records = newExports.list();
    newExports = new LatestExports(MAX_EXPORTS);
    publish("exports", records);
    // A refused request changes no content of the store, but its counter.
    if (records.some(({ outcome }) => outcome === "refused")) void publishStats();
  }

  async function publishStats(): Promise<void> {
    try {
      publish("stats", stats(await store.stats()));
    } catch (error) {
      // Once the store is back, its next change is published with the counters.
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
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
    newExports.add(record);
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
