import type { StoreStats } from "../../model.ts";
import type { LogStore } from "../index/log_store.ts";
import type { SpanStore } from "../index/span_store.ts";
import type { StoreChanges } from "../store.ts";
import type { SignalStores } from "../index/signal_stores.ts";
import { summarizeTrace } from "../query/trace_summary.ts";

const MAX_TRACES = 200;
/** Beyond this, older changes are dropped. */
const MAX_NOTED = 4096;

/** Collects changes while there are subscribers. */
export class ChangeTracker {
  #isOn = false;
  #hasChanges = false;
  #isTruncated = false;
  #lastSequence = 0;

  watch(isOn: boolean, traces: SpanStore, logs: LogStore): void {
    if (isOn && !this.#isOn) this.#lastSequence = logs.lastSequence;
    this.#isOn = isOn;
    this.#hasChanges = false;
    forgetChanges(traces);
  }

  /** Call this after each change. */
  note(traces: SpanStore): void {
    this.#hasChanges = this.#isOn;
    const limit = this.#isOn ? MAX_NOTED : 0;
    if (traces.changedTraces.length <= limit) return;
    this.#isTruncated = this.#isOn;
    if (this.#isOn) traces.changedTraces = traces.changedTraces.slice(-MAX_TRACES);
    else forgetChanges(traces);
  }

  /** What changed since the last call; undefined if nothing did. */
  take({ traces, logs, metrics }: SignalStores, stats: () => StoreStats): StoreChanges | undefined {
    if (!this.#hasChanges) return undefined;
    const changed = traces.changedTraces.filter((trace) => traces.traces.isLive(trace));
    const changes: StoreChanges = {
      traces: changed.slice(-MAX_TRACES).reverse().map((trace) => summarizeTrace(traces, trace)),
      isTruncated: this.#isTruncated || changed.length > MAX_TRACES,
      logCount: Math.max(0, logs.lastSequence - this.#lastSequence),
      lastLogSequence: logs.lastSequence,
      metricNames: [...metrics.changedNames],
      stats: stats(),
    };
    this.#hasChanges = this.#isTruncated = false;
    this.#lastSequence = logs.lastSequence;
    metrics.changedNames.clear();
    forgetChanges(traces);
    return changes;
  }
}

function forgetChanges(traces: SpanStore): void {
  traces.changedTraces = [];
  traces.markEpoch++;
}
