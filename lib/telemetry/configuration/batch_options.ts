import type { BatchOptions } from "../batch_queue.ts";

/** The part of the declarative configuration that the batch processors of spans and logs share. */
interface BatchModel {
  schedule_delay?: number | null;
  export_timeout?: number | null;
  max_queue_size?: number | null;
  max_export_batch_size?: number | null;
}

/** The options of a batch processor, with the defaults of the configuration's schema. */
export function batchOptions(model: BatchModel, defaultDelayMillis: number): BatchOptions {
  const maxQueueSize = model.max_queue_size ?? 2048;
  return {
    scheduledDelayMillis: model.schedule_delay ?? defaultDelayMillis,
    exportTimeoutMillis: (model.export_timeout ?? 30_000) || Infinity,
    maxQueueSize,
    maxExportBatchSize: Math.min(model.max_export_batch_size ?? 512, maxQueueSize),
  };
}
