import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { KeyValue, Span, TracesData } from "../../../lib/otlp/json.ts";
import { testIf } from "../../helpers/needs.ts";
import { startQueryCollector } from "../../helpers/query_collector.ts";
import { needsServers, startMemoryJaeger } from "../../helpers/servers.ts";

/** Clients of Jaeger can read from us: each query goes to both, through the same client. */
const NEEDS = ["net", "read", "write", "run", "env"] as const;

const START = 1_700_000_000_000_000_000n;
const MS = 1_000_000n;

/** Three traces, from oldest to newest: one across two services, one failed, and one on its own. */
const TRACES: TracesData[] = [
  {
    resourceSpans: [
      resourceSpans("shop", [
        span("a1", "01", { name: "GET /cart", kind: 2, ms: 20n }),
        span("a1", "02", { name: "GET", kind: 3, parent: "01", ms: 10n }),
      ]),
      resourceSpans("stock", [
        span("a1", "04", { name: "GET /items", kind: 2, parent: "02", ms: 5n }),
      ]),
    ],
  },
  {
    resourceSpans: [
      resourceSpans("shop", [
        span("b2", "03", { name: "GET /error", kind: 2, at: 1_000n, isError: true }),
      ]),
    ],
  },
  {
    resourceSpans: [
      resourceSpans("stock", [
        span("c3", "05", { name: "sweep", kind: 1, at: 2_000n, ms: 40n }),
        span("c3", "06", { name: "publish", kind: 4, parent: "05", at: 2_001n }),
        span("c3", "07", { name: "receive", kind: 5, parent: "06", at: 2_002n }),
      ]),
    ],
  },
];

/** Searches with parameter names that every version of Jaeger accepts, and the traces to find. */
const SEARCHES: [Record<string, string>, string][] = [
  [{}, "a1 b2 c3"],
  [{ service_name: "shop" }, "a1 b2"],
  [{ service_name: "stock" }, "a1 c3"],
  [{ service_name: "nobody" }, ""],
  [{ operation_name: "GET /error" }, "b2"],
  [{ service_name: "stock", operation_name: "GET /error" }, ""],
  [{ service_name: "shop", operation_name: "GET /cart" }, "a1"],
  [{ duration_min: "15ms" }, "a1 c3"],
  [{ duration_min: "0.03s" }, "c3"],
  [{ duration_min: "1h" }, ""],
  [{ duration_max: "6ms", service_name: "shop" }, "b2"],
  [{ duration_min: "4ms", duration_max: "6ms", service_name: "stock" }, "a1"],
  [{ start_time_min: "2023-11-14T22:13:21Z" }, "b2 c3"],
  [{ start_time_max: "2023-11-14T22:13:20.5Z" }, "a1"],
  [
    { start_time_min: "2023-11-15T00:13:22+02:00", start_time_max: "2023-11-14T22:13:22.0005Z" },
    "c3",
  ],
  [{ start_time_min: "2024-01-01T00:00:00Z" }, ""],
  [{ num_traces: "1" }, "c3"],
  [{ num_traces: "2" }, "b2 c3"],
  [{ num_traces: "2", service_name: "stock" }, "a1 c3"],
  [{ raw_traces: "true", service_name: "shop" }, "a1 b2"],
];

/** Invalid queries, and the parameter at fault. */
const MISTAKES: [string, string][] = [
  ["/api/v3/traces", "start_time_min"],
  ["/api/v3/traces?query.start_time_min=2023-11-14T22:13:20Z&query.num_traces=1", "start_time_max"],
  [search({ start_time_min: "yesterday" }), "query.start_time_min"],
  [search({ start_time_max: "2023-11-14" }), "query.start_time_max"],
  [search({ num_traces: "many" }), "query.num_traces"],
  [search({ duration_min: "10" }), "query.duration_min"],
  [search({ duration_max: "1 s" }), "query.duration_max"],
  [search({ raw_traces: "maybe" }), "query.raw_traces"],
  ["/api/v3/traces/xyz", "trace_id"],
  [`/api/v3/traces/${"1".repeat(33)}`, "trace_id"],
  [`/api/v3/traces/${traceId("a1")}?raw_traces=maybe`, "raw_traces"],
  [`/api/v3/traces/${traceId("a1")}?start_time=now`, "start_time"],
  [`/api/v3/traces/${traceId("a1")}?end_time=now`, "end_time"],
];

testIf(
  needsServers("jaeger"),
  NEEDS,
  "the same client reads the real Jaeger and ours",
  async (t) => {
    await using jaeger = await startMemoryJaeger();
    await using ours = await startQueryCollector();
    await send(at(jaeger.ports.http));
    await send(ours.otlpUrl);
    const clients = { jaeger: createClient(at(jaeger.ports.query)), ours: createClient(ours.url) };
    /** Queries both, and expects the same answer. */
    async function compare<T>(ask: (client: typeof clients.ours) => Promise<T>): Promise<T> {
      const [wanted, found] = [await ask(clients.jaeger), await ask(clients.ours)];
      assertEquals(found, wanted);
      return wanted;
    }

    await t.step("services", async () => {
      assertEquals(await compare((client) => client.services()), ["shop", "stock"]);
    });

    await t.step("operations, of each kind", async () => {
      for (const service of ["shop", "stock", "nobody", ""]) {
        for (const kind of ["", "server", "client", "internal", "producer", "consumer", "bogus"]) {
          await compare((client) => client.operations(service, kind));
        }
      }
      assertEquals((await clients.ours.operations("stock", "")).length, 4);
    });

    for (const [query, traces] of SEARCHES) {
      await t.step(`search ${JSON.stringify(query)}`, async () => {
        const { ids } = await compare((client) => client.find(query));
        assertEquals(ids, traces.split(" ").filter(Boolean).map(traceId));
      });
    }

    await t.step("one complete trace, with the ID in every form", async () => {
      const id = traceId("a1");
      const forms = [id, id.toUpperCase(), id.replace(/^0+/, ""), `${id}?raw_traces=1`];
      for (const form of forms) {
        const spans = await compare((client) => client.trace(form));
        assertEquals(spans.map(({ span }) => span.spanId?.slice(-2)), ["01", "02", "04"]);
      }
    });

    await t.step("a missing trace", async () => {
      const { status, error } = await compare((client) =>
        client.fail(`/api/v3/traces/${traceId("d4")}`)
      );
      assertEquals([status, error.message], [404, "No traces found"]);
      await compare((client) => client.fail(`/api/v3/traces/0`));
    });

    for (const [path, parameter] of MISTAKES) {
      await t.step(`mistake ${path}`, async () => {
        for (const client of Object.values(clients)) {
          const { status, error } = await client.fail(path);
          assertEquals([status, error.httpCode], [400, 400]);
          assertStringIncludes(error.message, parameter);
        }
      });
    }

    await t.step("attributes, compared with Jaeger's other search", async () => {
      const attributes: [Record<string, string>, string[]][] = [
        [{ text: "value 03" }, ["b2"]],
        [{ number: "42" }, ["a1", "b2", "c3"]],
        [{ flag: "true", double: "0.5" }, ["a1", "b2", "c3"]],
        [{ text: "value 99" }, []],
        [{ "host.name": "host of stock" }, ["a1", "c3"]],
        [{ number: "42", text: "value 05" }, ["c3"]],
        [{ "host.name": "host of shop", text: "value 05" }, []],
      ];
      for (const [tags, traces] of attributes) {
        assertEquals(await clients.jaeger.findByTags(tags), traces.map(traceId));
        const { ids } = await clients.ours.find({ attributes: JSON.stringify(tags) });
        assertEquals(ids, traces.map(traceId), JSON.stringify(tags));
      }
    });
  },
);

function at(port: number | undefined): string {
  return `http://127.0.0.1:${port}`;
}

/** A small client of Jaeger's query API, for both servers. */
function createClient(url: string) {
  async function get(path: string) {
    const response = await fetch(url + path);
    return { status: response.status, body: await response.json() };
  }
  return {
    async services(): Promise<string[]> {
      return (await get("/api/v3/services")).body.services.sort();
    },
    async operations(service: string, kind: string): Promise<{ name: string }[]> {
      const params = new URLSearchParams({ service, ...(kind && { span_kind: kind }) });
      const { body } = await get(`/api/v3/operations?${params}`);
      return body.operations.toSorted(byKey((operation: unknown) => JSON.stringify(operation)));
    },
    /** The trace IDs, in order, or the error answered instead. */
    async find(query: Record<string, string>) {
      const { status, body } = await get(search(query));
      const ids = spansOf(body.result ?? {}).map(({ span }) => span.traceId);
      return { status, error: body.error, ids: [...new Set(ids)].sort() };
    },
    async trace(form: string) {
      return spansOf((await get(`/api/v3/traces/${form}`)).body.result);
    },
    async fail(path: string) {
      const { status, body } = await get(path);
      assert(body.error, path);
      return { status, error: body.error };
    },
    /** The search of Jaeger's page, because released versions ignore attributes in the other API. */
    async findByTags(tags: Record<string, string>): Promise<string[]> {
      const ids: string[] = [];
      for (const service of ["shop", "stock"]) {
        const start = "1600000000000000";
        const end = "1800000000000000";
        const params = new URLSearchParams({ service, start, end, tags: JSON.stringify(tags) });
        const { body } = await get(`/api/traces?${params}`);
        for (const { traceID } of body.data ?? []) ids.push(traceID.padStart(32, "0"));
      }
      return [...new Set(ids)].sort();
    },
  };
}

/** Sends one request after another: both servers return the latest arrivals first. */
async function send(otlpUrl: string): Promise<void> {
  for (const request of TRACES) {
    const response = await fetch(`${otlpUrl}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    assertEquals(response.status, 200);
    await response.body?.cancel();
  }
}

function search(query: Record<string, string>): string {
  const all = {
    start_time_min: "2020-01-01T00:00:00Z",
    start_time_max: "2030-01-01T00:00:00Z",
    num_traces: "20",
    ...query,
  };
  const params = Object.entries(all).map(([name, value]) => [`query.${name}`, value]);
  return `/api/v3/traces?${new URLSearchParams(params)}`;
}

/** Spans by ID, with resource and scope; the order of attributes and spans doesn't matter. */
function spansOf({ resourceSpans = [] }: TracesData) {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => ({
        resource: sorted(resource?.attributes),
        scope,
        // Jaeger adds an empty status if none was sent.
        span: { ...span, status: span.status ?? {}, attributes: sorted(span.attributes) },
      }))
    )
  ).sort(byKey(({ span }) => span.spanId ?? ""));
}

function sorted(attributes: KeyValue[] = []): KeyValue[] {
  return attributes.toSorted(byKey(({ key = "" }) => key));
}

function byKey<T>(keyOf: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => keyOf(a) < keyOf(b) ? -1 : 1;
}

function resourceSpans(service: string, spans: Span[]) {
  return {
    resource: {
      attributes: [
        { key: "service.name", value: { stringValue: service } },
        { key: "host.name", value: { stringValue: `host of ${service}` } },
      ],
    },
    scopeSpans: [{ scope: { name: "test", version: "1.0" }, spans }],
  };
}

function traceId(end: string): string {
  return end.padStart(32, "0");
}

function span(
  trace: string,
  id: string,
  { name, kind, parent, at = 0n, ms = 1n, isError = false }: {
    name: string;
    kind: number;
    parent?: string;
    /** Milliseconds after the first start. */
    at?: bigint;
    ms?: bigint;
    isError?: boolean;
  },
): Span {
  const start = START + at * MS;
  return {
    traceId: traceId(trace),
    spanId: id.padStart(16, "0"),
    ...(parent && { parentSpanId: parent.padStart(16, "0") }),
    name,
    kind,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + ms * MS),
    flags: 257,
    traceState: "vendor=1",
    attributes: [
      { key: "text", value: { stringValue: `value ${id}` } },
      { key: "number", value: { intValue: "42" } },
      { key: "flag", value: { boolValue: true } },
      { key: "list", value: { arrayValue: { values: [{ stringValue: "a" }, { intValue: "1" }] } } },
      { key: "bytes", value: { bytesValue: "AQI=" } },
      { key: "double", value: { doubleValue: 0.5 } },
    ],
    events: [{ timeUnixNano: String(start), name: "event", attributes: [] }],
    links: [{ traceId: traceId("b2"), spanId: "03".padStart(16, "0") }],
    status: isError ? { code: 2, message: "failed" } : {},
  };
}
