import { type Context, Hono } from "hono";
import type { TraceQuery } from "../model.ts";
import { jsonList, type JsonParts, jsonStream } from "../json_stream.ts";
import type { SpanParts, Store } from "../store/store.ts";
import { type ZipkinSpan, zipkinSpans } from "./spans.ts";

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 1000;
/** The maximum length of a search for tags and annotations. */
const MAX_QUERY_LENGTH = 1000;

const ID = /^[0-9a-f]{1,32}$/i;

const encoder = new TextEncoder();

/**
 * The read part of Zipkin's API, so that Zipkin's clients work: services, span names, the search with its
 * filters, and single traces.
 *
 * @see https://zipkin.io/zipkin-api/
 */
export function createZipkinApi(
  store: Pick<Store, "services" | "operations" | "findTraces" | "trace">,
): Hono {
  const api = new Hono();

  async function findService(name: string): Promise<string | undefined> {
    return (await store.services()).find((service) => service.toLowerCase() === name.toLowerCase());
  }

  api.get("/services", async (c) => {
    const names = (await store.services()).map((name) => name.toLowerCase());
    return c.json([...new Set(names)].sort());
  });

  api.get("/spans", async (c) => {
    const name = c.req.query("serviceName");
    if (!name) return c.text("Cannot list spans: serviceName is missing", 400);
    const service = await findService(name);
    const operations = service === undefined ? [] : await store.operations(service);
    return c.json([...new Set(operations.map(({ name }) => name.toLowerCase()))].sort());
  });

  api.get("/traces", async (c) => {
    const { serviceName, spanName, annotationQuery = "" } = c.req.query();
    if (annotationQuery.length > MAX_QUERY_LENGTH) {
      return c.text(
        `Cannot use an annotationQuery of more than ${MAX_QUERY_LENGTH} characters`,
        400,
      );
    }
    const query = readQuery(c);
    if (query instanceof Response) return query;
    if (serviceName) {
      const service = await findService(serviceName);
      if (service === undefined) return c.json([]);
      query.serviceName = service;
    }
    const terms = annotationQuery.split(/\s+and\s+/).filter(Boolean);
    const isMeant = (span: ZipkinSpan) =>
      (!serviceName || span.localEndpoint.serviceName === serviceName.toLowerCase()) &&
      (!spanName || span.name === spanName.toLowerCase()) &&
      terms.every((term) => hasTerm(span, term));
    return await jsonStream(meantTraces(store, query, isMeant));
  });

  api.get("/trace/:id", async (c) => {
    const id = c.req.param("id");
    if (!ID.test(id)) return c.text(`Cannot read trace "${id}": expected up to 32 hex digits`, 400);
    const spans = await store.trace(id.toLowerCase().padStart(32, "0"));
    if (!spans) return c.text(`${id} not found`, 404);
    return await jsonStream(jsonList(spansInJson(zipkinParts(spans))));
  });

  return api;
}

/** A list of the traces with a matching span. Zipkin has names in lower case only. */
async function* meantTraces(
  store: Pick<Store, "findTraces" | "trace">,
  query: TraceQuery,
  isMeant: (span: ZipkinSpan) => boolean,
): JsonParts {
  let found = 0;
  yield "[";
  for (const { traceId } of (await store.findTraces({ ...query, limit: MAX_LIMIT })).traces) {
    if (found === query.limit) break;
    const json: Uint8Array<ArrayBuffer>[] = [];
    let isFound = false;
    for await (const spans of zipkinParts(await store.trace(traceId) ?? [])) {
      isFound ||= spans.some(isMeant);
      json.push(encoder.encode(listOf(spans)));
    }
    if (!isFound) continue;
    if (found++ > 0) yield ",";
    yield* jsonList(json);
  }
  yield "]";
}

/** The spans of each part. */
async function* zipkinParts(
  parts: SpanParts | Iterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ZipkinSpan[]> {
  for await (const part of parts) {
    yield zipkinSpans({ resourceSpans: JSON.parse(`[${new TextDecoder().decode(part)}]`) });
  }
}

async function* spansInJson(parts: AsyncIterable<ZipkinSpan[]>): JsonParts {
  for await (const spans of parts) yield listOf(spans);
}

/** The elements of a JSON list that is not empty. */
function listOf(spans: ZipkinSpan[]): string {
  return JSON.stringify(spans).slice(1, -1);
}

/** Durations are in microseconds, times in milliseconds. */
function readQuery(c: Context): TraceQuery | Response {
  const numbers: Record<string, number> = {};
  for (const name of ["limit", "minDuration", "maxDuration", "endTs", "lookback"]) {
    const given = c.req.query(name);
    if (given === undefined) continue;
    if (!/^\d{1,15}$/.test(given)) {
      return c.text(`Cannot use ${name} "${given}": expected a whole number`, 400);
    }
    numbers[name] = Number(given);
  }
  const { limit = DEFAULT_LIMIT, minDuration, maxDuration, endTs, lookback } = numbers;
  const query: TraceQuery = { limit: Math.min(Math.max(limit, 1), MAX_LIMIT) };
  if (minDuration !== undefined) query.minDurationNanos = minDuration * 1000;
  if (maxDuration !== undefined) query.maxDurationNanos = maxDuration * 1000;
  const end = endTs ?? (lookback === undefined ? undefined : Date.now());
  if (end !== undefined) query.startTimeMaxUnixNano = nanos(end);
  if (end !== undefined && lookback !== undefined) {
    query.startTimeMinUnixNano = nanos(Math.max(end - lookback, 0));
  }
  return query;
}

/** `key=value` matches a tag; a single word matches a tag's name or an annotation. */
function hasTerm({ tags, annotations }: ZipkinSpan, term: string): boolean {
  const [key = "", ...value] = term.split("=");
  if (value.length > 0) return Object.hasOwn(tags, key) && tags[key] === value.join("=");
  return Object.hasOwn(tags, key) || annotations.some(({ value }) => value === key);
}

function nanos(millis: number): string {
  return String(BigInt(millis) * 1_000_000n);
}
