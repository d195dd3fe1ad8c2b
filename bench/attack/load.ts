import { encodeMessage } from "../../lib/otlp/encode.ts";
import type { Signal } from "../../lib/otlp/signal.ts";
import { createGrpcTransport } from "../../lib/telemetry/otlp/grpc_transport.ts";
import { grpcTarget } from "../../tests/helpers/targets.ts";
import type { Target } from "./attacks.ts";

const SPANS = 100;
/** The time between two requests of each sender. */
const PAUSE_MS = 50;

/** The number of acknowledged spans, log records and data points. */
export type Acknowledged = Record<Signal, number>;

/** Honest senders of all signals, over HTTP and gRPC. */
export interface Load {
  readonly acknowledged: Acknowledged;
  /** The last acknowledged traces, the newest last. */
  readonly traceIds: string[];
  /** Ends when every request has a response. */
  stop(): Promise<void>;
}

/** Starts to send until stopped. Temporarily rejected requests are sent again. */
export function startLoad({ httpUrl, grpcUrl }: Target): Load {
  const acknowledged: Acknowledged = { traces: 0, logs: 0, metrics: 0 };
  const traceIds: string[] = [];
  let isOver = false;
  const sendHttp = (signal: Signal) => async (body: Uint8Array<ArrayBuffer>) => {
    const response = await fetch(`${httpUrl}/v1/${signal}`, {
      method: "POST",
      headers: { "content-type": "application/x-protobuf" },
      body,
    });
    await response.body?.cancel();
    return response.ok;
  };
  const overGrpc = (signal: Signal) => {
    const transport = createGrpcTransport(grpcTarget(grpcUrl, { signal }));
    return (body: Uint8Array<ArrayBuffer>) => transport.send(body, 10_000).then(() => true);
  };

  async function run(signal: Signal, send: (body: Uint8Array<ArrayBuffer>) => Promise<boolean>) {
    while (!isOver) {
      const { body, count, traceId } = requestOf(signal);
      // Failed requests are not acknowledged.
      if (await send(body).catch(() => false)) {
        acknowledged[signal] += count;
        if (traceId) traceIds.push(traceId);
        if (traceIds.length > 200) traceIds.shift();
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  const running = (["traces", "logs", "metrics"] as const).flatMap((signal) => [
    run(signal, sendHttp(signal)),
    run(signal, overGrpc(signal)),
  ]);
  return {
    acknowledged,
    traceIds,
    async stop() {
      isOver = true;
      await Promise.all(running);
    },
  };
}

interface LoadRequest {
  body: Uint8Array<ArrayBuffer>;
  /** The number of spans, log records or data points. */
  count: number;
  /** The trace of all spans. */
  traceId?: string;
}

const resource = {
  attributes: [{ key: "service.name", value: { stringValue: "load" } }],
};
const attributes = [
  { key: "http.route", value: { stringValue: "/items/:id" } },
  { key: "http.response.status_code", value: { intValue: "200" } },
];
let lastNumber = 0;

function requestOf(signal: Signal): LoadRequest {
  const timeUnixNano = String(BigInt(Date.now()) * 1_000_000n + BigInt(++lastNumber));
  if (signal === "traces") return requestOfTrace(timeUnixNano);
  if (signal === "logs") {
    const logRecords = Array.from({ length: SPANS }, (_, i) => ({
      timeUnixNano,
      severityNumber: 9,
      body: { stringValue: `request ${lastNumber}, line ${i}` },
      attributes,
    }));
    const resourceLogs = [{ resource, scopeLogs: [{ logRecords }] }];
    return { body: encodeMessage("LogsData", { resourceLogs }), count: SPANS };
  }
  const metrics = Array.from({ length: 10 }, (_, i) => ({
    name: `load.${i}`,
    gauge: { dataPoints: [{ timeUnixNano, asInt: String(i), attributes }] },
  }));
  const resourceMetrics = [{ resource, scopeMetrics: [{ metrics }] }];
  return { body: encodeMessage("MetricsData", { resourceMetrics }), count: metrics.length };
}

/** A request with one unique trace. */
export function requestOfTrace(startTimeUnixNano: string, count = SPANS): Required<LoadRequest> {
  const traceId = crypto.randomUUID().replaceAll("-", "");
  const spans = Array.from({ length: count }, (_, i) => ({
    traceId,
    spanId: (i + 1).toString(16).padStart(16, "0"),
    ...i > 0 && { parentSpanId: "0000000000000001" },
    name: `GET /items/${i % 10}`,
    kind: 2,
    startTimeUnixNano,
    endTimeUnixNano: startTimeUnixNano,
    attributes,
  }));
  const body = encodeMessage("TracesData", {
    resourceSpans: [{ resource, scopeSpans: [{ spans }] }],
  });
  return { body, count, traceId };
}
