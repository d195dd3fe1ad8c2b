import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { connectionFailure, NO_ANSWER } from "../../connection_failure.ts";
import type { BatchDestination } from "../batch_queue.ts";
import type { Delivery } from "../delivery.ts";
import type { Exports } from "../exports.ts";

const DEFAULT_TIMEOUT_MS = 10_000;

/** Sends spans to Zipkin, in its JSON. The specification counts this exporter as deprecated. */
export function zipkinDestination(
  model: { endpoint?: string | null; timeout?: number | null },
  exports: Exports,
): { destination: BatchDestination<ReadableSpan>; delivery: Delivery } {
  const url = model.endpoint ?? "http://localhost:9411/api/v2/spans";
  const timeoutMillis = (model.timeout ?? DEFAULT_TIMEOUT_MS) || Infinity;
  const delivery = exports.openDelivery("traces", url);
  const exporter = new ZipkinExporter({ url });

  async function send(spans: ReadableSpan[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<ExportResult>();
    const failed = (message: string) =>
      resolve({ code: ExportResultCode.FAILED, error: new Error(message) });
    const timer = timeoutMillis === Infinity
      ? undefined
      : setTimeout(() => failed(NO_ANSWER), timeoutMillis);
    exporter.export(spans, resolve);
    // Where it cannot encode the spans, it never calls back; but what is in flight is rejected.
    const inFlight = exporter.forceFlush();
    const { code, error } = await Promise.race([promise, inFlight.then(() => promise)])
      .finally(() => clearTimeout(timer));
    if (code === ExportResultCode.SUCCESS) {
      delivery.succeed(spans.length, { rejected: 0, message: "" });
    } else {
      delivery.fail(connectionFailure(error));
    }
  }

  const destination = {
    createBatch() {
      const spans: ReadableSpan[] = [];
      return { add: (span: ReadableSpan) => void spans.push(span), send: () => send(spans) };
    },
    shutdown: () => void exporter.shutdown(),
  };
  return { destination, delivery };
}
