import { Hono } from "hono";
import { jsonList, type JsonParts, jsonStream } from "../json_stream.ts";
import type { TraceSummary } from "../model.ts";
import type { SpanParts, Store } from "../store/store.ts";
import { jsonResponse } from "./answers.ts";
import {
  checkJaegerTraceParameters,
  checkOperationsParameters,
  nameOf,
  readJaegerQuery,
  readJaegerTraceId,
} from "./jaeger_query.ts";

/** Jaeger's names for OTLP's span kinds; an unspecified kind is internal. */
const SPAN_KINDS = ["internal", "internal", "server", "client", "producer", "consumer"];

/**
 * Jaeger's stable query API on top of the store, so that Jaeger's clients can read it.
 *
 * @see https://www.jaegertracing.io/docs/latest/apis/#query-json-over-http
 */
export function createJaegerApi(store: Store): Hono {
  const app = new Hono();

  app.get("/api/v3/services", async (c) => {
    const names = await store.services();
    return c.json({ services: names.filter((name) => name !== "") });
  });

  app.get("/api/v3/operations", async (c) => {
    const params = new URL(c.req.url).searchParams;
    checkOperationsParameters(params);
    const serviceName = params.get("service");
    const wantedKind = params.get(nameOf(params, "span_kind"));
    const operations = serviceName ? await store.operations(serviceName) : [];
    return c.json({
      operations: operations
        .map(({ name, kind }) => ({ name, spanKind: SPAN_KINDS[kind] ?? "internal" }))
        .filter(({ spanKind }) => !wantedKind || spanKind === wantedKind),
    });
  });

  app.get("/api/v3/traces", async (c) => {
    const query = readJaegerQuery(new URL(c.req.url).searchParams);
    return answerTraces(await store.findSpans(query));
  });

  app.get("/api/v3/trace-summaries", async (c) => {
    const query = readJaegerQuery(new URL(c.req.url).searchParams);
    const { traces } = await store.findTraces(query);
    const orphans = await store.orphanCounts(traces.map(({ traceId }) => traceId));
    return c.json({ summaries: traces.map((trace, i) => summaryOf(trace, orphans[i]!)) });
  });

  app.get("/api/v3/traces/:trace_id", async (c) => {
    const traceId = readJaegerTraceId(c.req.param("trace_id"));
    checkJaegerTraceParameters(new URL(c.req.url).searchParams);
    return answerTraces(await store.trace(traceId));
  });

  return app;
}

/** Whether a path is one of Jaeger's, whose errors have their own format. */
export function isJaegerPath(path: string): boolean {
  return path.startsWith("/api/v3/");
}

/** An error in Jaeger's format. */
export function jaegerError(status: number, message: string): { error: unknown } {
  return { error: { httpCode: status, message } };
}

/** A trace as Jaeger's `TraceSummary`. Without a root span, it has no root names. */
function summaryOf(trace: TraceSummary, orphanSpanCount: number) {
  const { traceId, startTimeUnixNano, durationNanos, spanCount, errorCount, root, hasRoot } = trace;
  const services = trace.services.map(({ name, spanCount, errorCount }) => ({
    name,
    spanCount,
    errorSpanCount: errorCount,
  }));
  return {
    traceId,
    rootServiceName: hasRoot ? root.serviceName : "",
    rootOperationName: hasRoot ? root.name : "",
    ...startTimeUnixNano !== undefined && {
      minStartTimeUnixNano: startTimeUnixNano,
      maxEndTimeUnixNano: String(BigInt(startTimeUnixNano) + BigInt(durationNanos)),
    },
    spanCount,
    errorSpanCount: errorCount,
    orphanSpanCount,
    services: services.sort((a, b) => a.name < b.name ? -1 : 1),
  };
}

async function answerTraces(spans: SpanParts | undefined): Promise<Response> {
  if (!spans) return jsonResponse(jaegerError(404, "No traces found"), { status: 404 });
  return await jsonStream(result(spans));
}

async function* result(spans: SpanParts): JsonParts {
  yield '{"result":{"resourceSpans":';
  yield* jsonList(spans);
  yield "}}";
}
