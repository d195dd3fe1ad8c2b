import { Hono } from "hono";
import type { TraceQuery } from "../model.ts";
import { jsonList, type JsonParts, jsonStream } from "../json_stream.ts";
import type { SpanParts, Store } from "../store/store.ts";
import {
  checkParameters,
  readDependencyPeriod,
  readOnly,
  readZipkinQuery,
  storeQuery,
  TraceTest,
  type ZipkinQuery,
  ZipkinQueryError,
} from "./query.ts";
import { type ZipkinSpan, zipkinSpans } from "./spans.ts";

const ID = /^[0-9a-f]{1,32}$/i;

/** Tag suggestions come from this many of the latest traces and spans. */
const MAX_SUGGESTED_TRACES = 100;
const MAX_SUGGESTED_SPANS = 5_000;

const encoder = new TextEncoder();

/** What the API needs from the store. */
export type ZipkinStore = Pick<
  Store,
  "services" | "operations" | "findTraces" | "trace" | "serviceCalls" | "remoteServices"
>;

/**
 * The read part of Zipkin's API, so that Zipkin's own page and other clients work.
 *
 * @see https://zipkin.io/zipkin-api/
 */
export function createZipkinApi(store: ZipkinStore): Hono {
  const api = new Hono();
  addNameRoutes(api, store);

  api.get("/traces", async (c) => {
    const query = readZipkinQuery(new URL(c.req.url).searchParams);
    const services = query.serviceName === undefined
      ? undefined
      : await servicesNamed(store, query.serviceName);
    if (services?.length === 0) return c.json([]);
    return await jsonStream(meantTraces(store, query, services));
  });

  api.get("/traceMany", async (c) => {
    const ids = readOnly(new URL(c.req.url).searchParams, "traceIds").split(",").map(readTraceId);
    if (new Set(ids).size < ids.length) {
      throw new ZipkinQueryError("Cannot use traceIds: one occurs twice");
    }
    return await jsonStream(tracesOf(store, ids));
  });

  api.get("/trace/:id", async (c) => {
    checkParameters(new URL(c.req.url).searchParams, []);
    const id = readTraceId(c.req.param("id"));
    const spans = await store.trace(id);
    if (!spans) return c.text(`${id} not found`, 404);
    return await jsonStream(jsonList(spansInJson(zipkinParts(spans))));
  });

  api.get("/dependencies", async (c) => {
    const period = readDependencyPeriod(new URL(c.req.url).searchParams);
    const links = await store.serviceCalls(period, "zipkin");
    return c.json(links.map(({ errorCount, ...link }) => ({
      ...link,
      ...errorCount > 0 && { errorCount },
    })));
  });

  api.onError((error, c) => {
    if (error instanceof ZipkinQueryError) return c.text(error.message, 400);
    throw error;
  });
  return api;
}

/** Adds the routes that list names for search filters. */
function addNameRoutes(api: Hono, store: ZipkinStore): void {
  api.get("/services", async (c) => {
    checkParameters(new URL(c.req.url).searchParams, []);
    return c.json(sortedNames(await store.services()));
  });

  api.get("/spans", async (c) => {
    const name = readOnly(new URL(c.req.url).searchParams, "serviceName");
    const services = await servicesNamed(store, name);
    const operations = await Promise.all(services.map((service) => store.operations(service)));
    return c.json(sortedNames(operations.flat().map(({ name }) => name)));
  });

  api.get("/remoteServices", async (c) => {
    const name = readOnly(new URL(c.req.url).searchParams, "serviceName");
    return c.json(await store.remoteServices(name));
  });

  api.get("/autocompleteKeys", async (c) => {
    checkParameters(new URL(c.req.url).searchParams, []);
    return c.json([...(await latestTags(store)).keys()].sort());
  });

  api.get("/autocompleteValues", async (c) => {
    const key = readOnly(new URL(c.req.url).searchParams, "key");
    return c.json([...(await latestTags(store)).get(key) ?? []].sort());
  });
}

/** Zipkin treats services whose names differ only in case as one. */
async function servicesNamed(store: ZipkinStore, name: string): Promise<string[]> {
  const wanted = name.toLowerCase();
  return (await store.services()).filter((service) => service.toLowerCase() === wanted);
}

function sortedNames(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()).filter(Boolean))].sort();
}

/**
 * Reads a trace id, which may lack its leading zeros.
 *
 * @throws {ZipkinQueryError} If it is invalid.
 */
function readTraceId(id: string): string {
  if (ID.test(id)) return id.toLowerCase().padStart(32, "0");
  throw new ZipkinQueryError(
    `Cannot read trace "${id.slice(0, 100)}": expected up to 32 hex digits`,
  );
}

/** The tags of the latest spans: all values by key. */
async function latestTags(store: ZipkinStore): Promise<Map<string, Set<string>>> {
  const tags = new Map<string, Set<string>>();
  let spanCount = 0;
  for (const { traceId } of (await store.findTraces({ limit: MAX_SUGGESTED_TRACES })).traces) {
    for await (const spans of zipkinParts(await store.trace(traceId) ?? [])) {
      for (const span of spans) {
        if (spanCount++ >= MAX_SUGGESTED_SPANS) return tags;
        for (const [key, value] of Object.entries(span.tags)) {
          tags.set(key, (tags.get(key) ?? new Set()).add(value));
        }
      }
    }
  }
  return tags;
}

/** The traces that match a search, as a JSON list. */
async function* meantTraces(
  store: ZipkinStore,
  query: ZipkinQuery,
  services: string[] | undefined,
): JsonParts {
  // The store filters by a single name; Zipkin's names are always lower case.
  const service = services?.length === 1 ? services[0] : undefined;
  let found = 0;
  yield "[";
  for await (const traceId of candidates(store, storeQuery(query, service))) {
    if (found === query.limit) break;
    const json: Uint8Array<ArrayBuffer>[] = [];
    const test = new TraceTest(query);
    for await (const spans of zipkinParts(await store.trace(traceId) ?? [])) {
      for (const span of spans) test.add(span);
      json.push(encoder.encode(listOf(spans)));
    }
    if (!test.isMet || json.length === 0) continue;
    if (found++ > 0) yield ",";
    yield* jsonList(json);
  }
  yield "]";
}

/** All traces that the store finds, page by page. */
async function* candidates(store: ZipkinStore, query: TraceQuery): AsyncGenerator<string> {
  let before: string | undefined;
  do {
    const { traces } = await store.findTraces({ ...query, ...before !== undefined && { before } });
    for (const { traceId } of traces) yield traceId;
    before = traces.length < query.limit ? undefined : traces.at(-1)?.traceId;
  } while (before !== undefined);
}

/** The traces that are kept, as a JSON list. */
async function* tracesOf(store: ZipkinStore, ids: readonly string[]): JsonParts {
  let found = 0;
  yield "[";
  for (const id of ids) {
    const spans = await store.trace(id);
    if (!spans) continue;
    if (found++ > 0) yield ",";
    yield* jsonList(spansInJson(zipkinParts(spans)));
  }
  yield "]";
}

/** Converts each part of the spans. */
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

/** The elements of a non-empty JSON list, without brackets. */
function listOf(spans: ZipkinSpan[]): string {
  return JSON.stringify(spans).slice(1, -1);
}
