import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { PartialSuccess } from "../../otlp/export_response.ts";
import { connectionFailure, NO_ANSWER } from "../../connection_failure.ts";
import { ZIPKIN_PORT } from "../../default_ports.ts";
import type { BatchExporter } from "../batch_queue.ts";
import type { Delivery } from "../delivery.ts";
import type { ExporterRegistry } from "../exporter_registry.ts";
import { inTime } from "../../time.ts";
import { TransportError } from "../otlp/transport.ts";

const DEFAULT_TIMEOUT_MS = 10_000;

/** Sends spans to Zipkin, in its JSON. The specification counts this exporter as deprecated. */
export function zipkinBatchExporter(
  model: { endpoint?: string | null; timeout?: number | null },
  registry: ExporterRegistry,
): { batchExporter: BatchExporter<ReadableSpan>; delivery: Delivery } {
  const url = model.endpoint ?? `http://localhost:${ZIPKIN_PORT}/api/v2/spans`;
  const timeoutMillis = (model.timeout ?? DEFAULT_TIMEOUT_MS) || Infinity;
  const delivery = registry.openDelivery("traces", url);
  const exporter = new ZipkinExporter({ url });

  /** @throws {TransportError} If it was not accepted in time. */
  async function send(spans: ReadableSpan[], batchMillis: number): Promise<PartialSuccess> {
    const { promise, resolve } = Promise.withResolvers<ExportResult>();
    exporter.export(spans, resolve);
    // Where it cannot encode the spans, it never calls back; but what is in flight is rejected.
    const inFlight = exporter.forceFlush();
    const { code, error } = await inTime(
      Math.min(timeoutMillis, batchMillis),
      Promise.race([promise, inFlight.then(() => promise)]),
      () => new TransportError(NO_ANSWER, { retryable: false }),
    );
    if (code === ExportResultCode.SUCCESS) return { rejected: 0, message: "" };
    throw new TransportError(connectionFailure(error), { retryable: false, cause: error });
  }

  const batchExporter: BatchExporter<ReadableSpan> = {
    // An exporter of the SDK: the specification forbids to call it while it exports.
    maxConcurrentRequests: 1,
    createBatch() {
      const spans: ReadableSpan[] = [];
      return {
        add: (span) => void spans.push(span),
        send: (_count, timeoutMillis) => send(spans, timeoutMillis),
      };
    },
    shutdown: () => void exporter.shutdown(),
  };
  return { batchExporter, delivery };
}
