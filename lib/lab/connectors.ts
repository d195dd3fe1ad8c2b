import { StoreUnavailableError } from "../collector/store/store.ts";
import { createIntake, type LabExporter } from "./intake.ts";
import type { LabConfig } from "./read_config.ts";
import { SpanMetrics } from "./span_metrics.ts";

/** The connectors of a lab: each ends a pipeline, and begins another one, until disposed. */
export interface Connectors extends Disposable {
  byId: ReadonlyMap<string, LabExporter>;
}

/** Opens the connectors of a configuration, whose metrics go to these exporters. */
export function openConnectors(
  { connectors, pipelines }: LabConfig,
  exporters: ReadonlyMap<string, LabExporter>,
): Connectors {
  const byId = new Map<string, LabExporter>();
  const timers: ReturnType<typeof setInterval>[] = [];
  for (const [id, config] of connectors) {
    const metrics = new SpanMetrics(config);
    const intake = createIntake(
      pipelines.filter(({ receivers }) => receivers.includes(id)),
      exporters,
    );
    byId.set(id, { isFull: () => false, take: (_signal, request) => metrics.add(request) });
    timers.push(setInterval(() => {
      const request = metrics.encode();
      // If a queue is full, the next request has the current numbers.
      if (request) intake.add("metrics", request).catch(ignoreFullQueue);
    }, config.intervalMillis));
  }
  return { byId, [Symbol.dispose]: () => timers.forEach((timer) => clearInterval(timer)) };
}

function ignoreFullQueue(error: unknown): void {
  if (!(error instanceof StoreUnavailableError)) throw error;
}
