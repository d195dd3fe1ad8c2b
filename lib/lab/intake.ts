import { type Store, StoreUnavailableError } from "../collector/store/store.ts";
import { countItems } from "../otlp/count_items.ts";
import type { Signal } from "../otlp/signal.ts";
import { processRequest } from "./process.ts";
import type { PipelineConfig } from "./read_config.ts";

/** The end of a pipeline. */
export interface LabExporter {
  /** Whether its queue for the signal is full. */
  isFull(signal: Signal): boolean;
  /** Takes a request in protobuf with this many items. Never waits. */
  take(signal: Signal, request: Uint8Array<ArrayBuffer>, count: number): void;
}

/** A way into the pipelines. */
export interface Intake extends Pick<Store, "add"> {
  /** The spans that each filter has dropped, by its ID. */
  dropped: ReadonlyMap<string, number>;
}

/**
 * Passes received requests through the pipelines of their signal. If the queue of an exporter is full, the
 * sender gets an error that allows a retry, and no exporter gets the request. What is empty after the
 * processors isn't exported.
 */
export function createIntake(
  pipelines: readonly PipelineConfig[],
  exporters: ReadonlyMap<string, LabExporter>,
): Intake {
  const dropped = new Map<string, number>();
  const onDropped = (id: string, count: number) => dropped.set(id, (dropped.get(id) ?? 0) + count);
  return {
    dropped,
    // deno-lint-ignore require-await -- Errors are rejections.
    async add(signal, request) {
      const ofSignal = pipelines.filter((pipeline) => pipeline.signal === signal);
      const count = countItems(signal, request);
      const become = { accepted: count, rejected: 0, duplicated: 0, serviceNames: [] };
      if (ofSignal.length === 0) {
        const message = `there is no pipeline for ${signal}`;
        return { ...become, accepted: 0, rejected: count, message };
      }
      const full = ofSignal.flatMap(({ exporters: ids }) => ids)
        .find((id) => exporters.get(id)!.isFull(signal));
      if (full !== undefined) {
        throw new StoreUnavailableError(`the sending queue of ${full} is full`);
      }
      for (const pipeline of ofSignal) {
        const processed = processRequest(signal, request, pipeline.processors, onDropped);
        const left = countItems(signal, processed);
        if (left === 0 && count > 0) continue;
        for (const id of pipeline.exporters) exporters.get(id)!.take(signal, processed, left);
      }
      return become;
    },
  };
}
