// cspell:ignore opentracing
import { assertEquals, assertStringIncludes } from "@std/assert";
import { encodeMessage } from "../../../lib/otlp/encode.ts";
import type { KeyValue, Span, TracesData } from "../../../lib/otlp/json.ts";
import { testIf } from "../../helpers/needs.ts";
import { createTestApi } from "../../helpers/query_api.ts";
import { startQueryCollector } from "../../helpers/query_collector.ts";
import { needsServers, startMemoryJaeger } from "../../helpers/servers.ts";

/** The middle of the time range that both search by default. */
const NOW = Date.now() - 60_000;

/** Queries of Jaeger's page, and of clients that use the same API. */
const QUESTIONS = [
  "/api/services",
  "/api/services/Shop/operations",
  "/api/operations?service=Shop",
  "/api/operations?service=Shop&spanKind=client",
  "/api/traces/a1",
  `/api/traces/${id("a1", 32)}?start=${NOW * 1000}&end=${NOW * 1000 + 1}&raw=true`,
  "/api/traces?service=Shop",
  "/api/traces?service=Shop&operation=work&lookback=1h&limit=20",
  "/api/traces?service=Shop&limit=1",
  "/api/traces?service=nobody",
  "/api/traces?service=Shop&minDuration=4ms",
  "/api/traces?service=Shop&minDuration=1us&maxDuration=2ms",
  `/api/traces?service=Shop&start=${(NOW + 1_000) * 1000}`,
  `/api/traces?service=Shop&end=${(NOW - 1_000) * 1000}`,
  `/api/traces?service=Shop&tags=${encodeURIComponent('{"i":"42","host.name":"h"}')}`,
  `/api/traces?service=Shop&tags=${encodeURIComponent('{"i":"43"}')}`,
  "/api/traces?service=Shop&tag=b:true&tag=d:0.5",
  "/api/traces?traceID=a1&traceID=b2&traceID=dd",
  "/api/dependencies",
  `/api/dependencies?endTs=${NOW + 60_000}&lookback=3600000`,
  `/api/dependencies?endTs=${NOW + 60_000}&lookback=3600000&service=Shop`,
  `/api/dependencies?endTs=${NOW + 60_000}&lookback=3600000&service=nobody`,
  `/api/dependencies?endTs=${NOW - 3_600_000}&lookback=1000`,
];

/** Queries that both refuse, and a word from the reason. */
const MISTAKES: [path: string, status: number, word: string][] = [
  ["/api/operations", 400, "service"],
  ["/api/traces", 400, "service"],
  ["/api/traces?service=Shop&limit=x", 400, ""],
  ["/api/traces?service=Shop&start=x", 400, "start"],
  ["/api/traces?service=Shop&tags=x", 400, "tags"],
  ["/api/traces?service=Shop&tags=%7B%22i%22:42%7D", 400, "tags"],
  ["/api/traces?service=Shop&tag=i", 400, "tag"],
  ["/api/traces?service=Shop&minDuration=5", 400, "minDuration"],
  ["/api/traces?service=Shop&minDuration=5ms&maxDuration=1ms", 400, "maxDuration"],
  ["/api/traces?traceID=zz", 400, ""],
  ["/api/traces/zz", 400, ""],
  ["/api/traces/ff", 404, "trace not found"],
  ["/api/traces/a1?start=x", 400, "start"],
  ["/api/traces/a1?raw=x", 400, "raw"],
  ["/api/dependencies?endTs=x", 400, "endTs"],
];

testIf(
  needsServers("jaeger"),
  ["net", "read", "write", "run", "env"],
  "the API of Jaeger's page gives the same answers as the real Jaeger",
  async (t) => {
    await using jaeger = await startMemoryJaeger();
    await using ours = await startQueryCollector();
    const real = `http://127.0.0.1:${jaeger.ports.query}`;
    for (const url of [`http://127.0.0.1:${jaeger.ports.http}`, ours.otlpUrl]) {
      for (const data of [shopTrace(), stockTrace()]) await send(url, data);
    }
    for (const path of QUESTIONS) {
      await t.step(path, async () => {
        const [theirs, found] = [await get(real + path), await get(ours.url + path)];
        assertEquals(comparable(found.body), comparable(theirs.body));
        assertEquals([found.status, theirs.status], [200, 200]);
      });
    }
    for (const [path, status, word] of MISTAKES) {
      await t.step(path, async () => {
        for (const url of [real, ours.url]) {
          const { status: found, body } = await get(url + path);
          assertEquals([found, body.data, body.errors[0].code], [status, null, status]);
          assertStringIncludes(body.errors[0].msg, word);
        }
      });
    }
  },
);

Deno.test("the API of Jaeger's page refuses parameters that it doesn't know", async () => {
  using api = createTestApi();
  for (
    const path of [
      "/api/traces?service=Shop&min=5ms",
      "/api/traces/a1?service=x",
      "/api/dependencies?from=1",
    ]
  ) {
    const { status, body } = await api.read(path);
    assertEquals([status, body.errors[0].code], [400, 400], path);
  }
});

Deno.test("the API of Jaeger's page finds spans by their fields", async () => {
  using api = createTestApi();
  await api.store.add("traces", encodeMessage("TracesData", shopTrace()));
  const cases: [tags: Record<string, string>, count: number][] = [
    [{ error: "true", "span.kind": "server" }, 1],
    [{ error: "true", "span.kind": "client" }, 0],
    [{ error: "false", "span.kind": "client" }, 1],
    [{ "scope.name": "lib", "resource.host.name": "h" }, 1],
    [{ "scope.name": "other" }, 0],
  ];
  for (const [tags, count] of cases) {
    const params = new URLSearchParams({ service: "Shop", tags: JSON.stringify(tags) });
    const { body } = await api.read(`/api/traces?${params}`);
    assertEquals(body.data.length, count, JSON.stringify(tags));
  }
});

/** Sorted, because no API guarantees the order of spans and names, or the IDs of processes. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(comparable).sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  }
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(withProcesses(value)).map(([key, item]) => [key, comparable(item)]),
  );
}

/** Replaces the process ID of each span with the process. */
function withProcesses(value: object): object {
  if (!("processes" in value && "spans" in value)) return value;
  const { processes, spans, ...trace } = value as {
    processes: Record<string, unknown>;
    spans: { processID: string }[];
  };
  return {
    ...trace,
    spans: spans.map(({ processID, ...span }) => ({ ...span, process: processes[processID] })),
  };
}

async function get(url: string) {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
}

async function send(url: string, data: TracesData): Promise<void> {
  const response = await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(data),
  });
  assertEquals(response.status, 200, await response.text());
}

/** A trace of one service with values of every type. */
function shopTrace(): TracesData {
  const attributes: KeyValue[] = [
    { key: "b", value: { boolValue: true } },
    { key: "i", value: { intValue: "42" } },
    { key: "large", value: { intValue: "9007199254740993" } },
    { key: "d", value: { doubleValue: 0.5 } },
    { key: "by", value: { bytesValue: "AQI=" } },
    { key: "list", value: { arrayValue: { values: [{ stringValue: "x" }, { intValue: "1" }] } } },
    { key: "map", value: { kvlistValue: { values: [{ key: "x", value: { intValue: "1" } }] } } },
    { key: "empty", value: {} },
  ];
  const server = span("a1", "01", 0, 5_000_999, {
    name: "GET /",
    kind: 2,
    flags: 257,
    traceState: "v=1",
    attributes,
    status: { code: 2, message: "bad" },
    events: [
      { timeUnixNano: at(1_000), name: "start", attributes: [text("z", "1"), text("a", "2")] },
      { timeUnixNano: at(2_000), name: "" },
      { timeUnixNano: at(3_000), name: "named", attributes: [text("event", "own")] },
    ],
    links: [
      { traceId: id("b2", 32), spanId: id("09", 16), attributes: [text("l", "m")] },
      {
        traceId: `1${id("b2", 31)}`,
        spanId: id("08", 16),
        attributes: [text("opentracing.ref_type", "child_of")],
      },
    ],
  });
  const spans = [
    server,
    span("a1", "02", 1_000_000, 2_000_000, {
      name: "work",
      kind: 1,
      parentSpanId: id("01", 16),
      status: { code: 1 },
      attributes: [{ key: "error", value: { boolValue: false } }],
    }),
    span("a1", "03", 1_200_000, 1_900_000, {
      name: "GET",
      kind: 3,
      parentSpanId: id("02", 16),
      links: [{ traceId: id("b2", 32), spanId: id("09", 16) }],
    }),
  ];
  const resource = { attributes: [text("service.name", "Shop"), text("host.name", "h")] };
  return {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "lib", version: "1.1" }, spans }] }],
  };
}

/** Two services, where the first one calls the second one. */
function stockTrace(): TracesData {
  const group = (service: string, spans: Span[]) => ({
    resource: { attributes: [text("service.name", service)] },
    scopeSpans: [{ spans }],
  });
  return {
    resourceSpans: [
      group("Shop", [span("b2", "09", 0, 1_500_000, { name: "sweep", kind: 3 })]),
      group("Stock", [
        span("b2", "0a", 100_000, 900_000, { name: "PUT", kind: 2, parentSpanId: id("09", 16) }),
        span("b2", "0b", 200_000, 800_000, { name: "store", parentSpanId: id("0a", 16) }),
      ]),
    ],
  };
}

function span(trace: string, spanId: string, start: number, end: number, more: Span): Span {
  return {
    traceId: id(trace, 32),
    spanId: id(spanId, 16),
    startTimeUnixNano: at(start),
    endTimeUnixNano: at(end),
    ...more,
  };
}

/** Nanoseconds after the first start. */
function at(nanos: number): string {
  return String(BigInt(NOW) * 1_000_000n + BigInt(nanos));
}

function id(end: string, length: number): string {
  return end.padStart(length, "0");
}

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}
