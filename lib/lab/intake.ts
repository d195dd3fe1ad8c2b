import { type Store, StoreUnavailableError } from "../collector/store/store.ts";
import { countItems } from "../otlp/count_items.ts";
import type { Signal } from "../otlp/signal.ts";
import { editRequest } from "./edit_attributes.ts";
import type { PipelineConfig } from "./read_config.ts";

/** The end of a pipeline. */
export interface LabExporter {
  /** Whether its queue for the signal is full. */
  isFull(signal: Signal): boolean;
  /** Takes a request in protobuf with this many items. Never waits. */
  take(signal: Signal, request: Uint8Array<ArrayBuffer>, count: number): void;
}

/**
 * Passes received requests through the pipelines of their signal. If the queue of an exporter is full, the
 * sender gets an error that allows a retry, and no exporter gets the request.
 */
export function createIntake(
  pipelines: readonly PipelineConfig[],
  exporters: ReadonlyMap<string, LabExporter>,
): Pick<Store, "add"> {
  return {
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
        const edited = editRequest(signal, request, pipeline.edits);
        for (const id of pipeline.exporters) exporters.get(id)!.take(signal, edited, count);
      }
      return become;
    },
  };
}
