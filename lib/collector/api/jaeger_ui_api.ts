import { type Context, Hono } from "hono";
import type { ResourceSpans } from "../../otlp/json.ts";
import { type JsonParts, jsonStream } from "../json_stream.ts";
import type { SpanParts, Store } from "../store/store.ts";
import { jsonResponse } from "./answers.ts";
import { readJaegerTraceId } from "./jaeger_query.ts";
import { JaegerTrace, jaegerTraceId } from "./jaeger_ui_spans.ts";
import {
  checkJaegerUiTraceParameters,
  readJaegerPeriod,
  readJaegerUiQuery,
} from "./jaeger_ui_query.ts";
import { ParameterError } from "./parameters.ts";

/** Jaeger's names for OTLP's span kinds. */
const SPAN_KINDS = ["", "internal", "server", "client", "producer", "consumer"];

const NOT_FOUND = "trace not found";

/** Jaeger adds these members to every list. */
const NO_PAGES = { limit: 0, offset: 0, errors: null };

/**
 * The API of Jaeger's page and Grafana's data source, on top of the store.
 *
 * @param now Milliseconds since 1970.
 * @see https://www.jaegertracing.io/docs/latest/apis/#query-json-over-http
 */
export function createJaegerUiApi(store: Store, now: () => number): Hono {
  const app = new Hono();
  addNameRoutes(app, store);

  app.get("/api/traces", async (c) => {
    const params = paramsOf(c);
    const ids = params.getAll("traceID").map(readJaegerTraceId);
    if (ids.length > 0) {
      const missing: string[] = [];
      return await jsonStream(answer(tracesOf(store, ids, missing), missing));
    }
    const query = readJaegerUiQuery(params, now());
    const { traces } = await store.findTraces(query);
    return await jsonStream(answer(tracesOf(store, traces.map(({ traceId }) => traceId))));
  });

  app.get("/api/traces/:id", async (c) => {
    const id = readJaegerTraceId(c.req.param("id"));
    checkJaegerUiTraceParameters(paramsOf(c));
    const spans = await store.trace(id);
    if (!spans) return jsonResponse(jaegerUiError(404, NOT_FOUND), { status: 404 });
    return await jsonStream(answer(traceJson(id, spans)));
  });

  app.get("/api/dependencies", async (c) => {
    const params = paramsOf(c);
    const service = params.get("service");
    const edges = await store.serviceCalls(readJaegerPeriod(params, now()), "parents");
    const data = edges.filter(({ parent, child }) => !service || [parent, child].includes(service))
      .map(({ parent, child, callCount }) => ({ parent, child, callCount }));
    return c.json({ data, total: 0, ...NO_PAGES });
  });

  return app;
}

/** Whether a path is one of this API's, whose errors have their own format. */
export function isJaegerUiPath(path: string): boolean {
  return /^\/api\/(?:services|operations|traces|dependencies)(?:\/|$)/.test(path);
}

/** An error in the format of this API. */
export function jaegerUiError(code: number, msg: string): unknown {
  return { data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg }] };
}

/** Adds the routes that list services and span names. */
function addNameRoutes(app: Hono, store: Store): void {
  app.get("/api/services", async (c) => {
    const data = (await store.services()).filter(Boolean);
    return c.json({ data, total: data.length, ...NO_PAGES });
  });

  app.get("/api/services/:service{.+}/operations", async (c) => {
    const operations = await store.operations(c.req.param("service"));
    const data = [...new Set(operations.map(({ name }) => name))];
    return c.json({ data, total: data.length, ...NO_PAGES });
  });

  app.get("/api/operations", async (c) => {
    const params = paramsOf(c);
    const service = params.get("service");
    if (!service) throw new ParameterError("service", "", "the name of a service");
    const wantedKind = params.get("spanKind");
    const data = (await store.operations(service))
      .map(({ name, kind }) => ({ name, spanKind: SPAN_KINDS[kind] ?? "" }))
      .filter(({ spanKind }) => !wantedKind || spanKind === wantedKind);
    return c.json({ data, total: data.length, ...NO_PAGES });
  });
}

function paramsOf({ req }: Context): URLSearchParams {
  return new URL(req.url).searchParams;
}

/** @param missing The ids of missing traces; can grow while the traces are read. */
async function* answer(traces: JsonParts, missing: readonly string[] = []): JsonParts {
  yield '{"data":[';
  yield* traces;
  const errors = missing.map((id) => ({ msg: NOT_FOUND, traceID: jaegerTraceId(id) }));
  const rest = { total: 0, ...NO_PAGES, ...errors.length > 0 && { errors } };
  yield `],${JSON.stringify(rest).slice(1)}`;
}

/** The traces that are kept, separated by commas. Adds the ids of the others to `missing`. */
async function* tracesOf(store: Store, ids: readonly string[], missing: string[] = []): JsonParts {
  let isFirst = true;
  for (const id of ids) {
    const spans = await store.trace(id);
    if (!spans) {
      missing.push(id);
      continue;
    }
    if (!isFirst) yield ",";
    isFirst = false;
    yield* traceJson(id, spans);
  }
}

async function* traceJson(id: string, parts: SpanParts): JsonParts {
  const trace = new JaegerTrace();
  yield `{"traceID":"${jaegerTraceId(id)}","spans":[`;
  let isFirst = true;
  for await (const part of parts) {
    const resourceSpans: ResourceSpans[] = JSON.parse(`[${new TextDecoder().decode(part)}]`);
    const spans = resourceSpans.flatMap((group) => trace.spansOf(group));
    if (spans.length === 0) continue;
    yield `${isFirst ? "" : ","}${JSON.stringify(spans).slice(1, -1)}`;
    isFirst = false;
  }
  yield `],"processes":${JSON.stringify(trace.processes)},"warnings":null}`;
}
