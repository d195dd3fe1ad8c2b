import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { ZIPKIN_PORT } from "../../default_ports.ts";
import { CONTENT_TYPES } from "../../otlp/content_type.ts";
import type { BatchExporter } from "../batch_queue.ts";
import type { Delivery } from "../delivery.ts";
import type { ExporterRegistry } from "../exporter_registry.ts";
import { assertAccepted } from "../otlp/http_answer.ts";
import { createClientFor } from "../otlp/http_client.ts";
import { HttpConnection, mergeHeaders } from "../otlp/http_connection.ts";
import { otlpBatchExporter } from "../otlp/otlp_exporter.ts";
import { OtlpSender } from "../otlp/otlp_sender.ts";
import type { OtlpTransport } from "../otlp/transport.ts";
import { ZIPKIN_ENCODING } from "./zipkin_encoding.ts";

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Sends spans to Zipkin, in its JSON format, in the same way as OTLP: one request per batch, retried if a
 * server is not ready. The specification has deprecated this exporter.
 */
export function zipkinBatchExporter(
  model: { endpoint?: string | null; timeout?: number | null },
  registry: ExporterRegistry,
): { batchExporter: BatchExporter<ReadableSpan>; delivery: Delivery } {
  const url = model.endpoint ?? `http://localhost:${ZIPKIN_PORT}/api/v2/spans`;
  const timeoutMillis = (model.timeout ?? DEFAULT_TIMEOUT_MS) || Infinity;
  const delivery = registry.openDelivery("traces", url);
  const transport = createZipkinTransport(url);
  const sender = new OtlpSender({ transport, delivery, timeoutMillis });
  registry.add(sender);
  const batchExporter = {
    ...otlpBatchExporter(ZIPKIN_ENCODING, { sender }),
    // The specification allows only one at a time; more is a recommendation of OTLP.
    maxConcurrentRequests: 1,
  };
  return { batchExporter, delivery };
}

function createZipkinTransport(url: string): OtlpTransport {
  const connection = new HttpConnection(() => createClientFor(new URL(url), {}));
  const headers = mergeHeaders({}, { "content-type": CONTENT_TYPES.json });
  return {
    async send(body, timeoutMillis) {
      assertAccepted(await connection.post({ url, headers, body, timeoutMillis }));
      return { rejected: 0, message: "" };
    },
    shutdown: () => connection.close(),
  };
}
