import { Hono } from "hono";
import type { Backends } from "../../lib/workshop/backends/backends.ts";
import { embeddedBackends } from "../../lib/workshop/backends/backends.ts";
import type { CheckContext } from "../../lib/workshop/conditions/outcome.ts";
import { zipkinSpans } from "../../lib/collector/zipkin/spans.ts";
import type { KeyValue, Span, TracesData } from "../../lib/otlp/json.ts";
import type { LogEntry, MetricSummary } from "../../lib/collector/model.ts";
import { countOwnTraffic } from "./own_traffic.ts";
import { closedUrl } from "./ports.ts";

/** A span as a test describes it; omitted members have the usual values. */
export interface ToldSpan extends Span {
  service: string;
  /** The name of its instrumentation scope, if it was sent. */
  scope?: string;
  /** Attributes with simple values. */
  with?: Record<string, string | number>;
}

/** All tools of the workshop in one, on a free port, with the data that a test adds. */
export interface FakeBackends extends AsyncDisposable {
  backends: Backends;
  spans: ToldSpan[];
  logs: LogEntry[];
  /** The data in our collector. */
  metrics: MetricSummary[];
  /** The answers of Prometheus. */
  series: { metric: Record<string, string>; value: number }[];
  /** The Collector's own metrics. */
  ownMetrics: Record<string, number>;
  /** Whether telemetry sent over OTLP is kept. */
  isKeeping: boolean;
}

/** Answers as Jaeger, Zipkin, Prometheus, and a Collector do. */
export function startFakeBackends(): FakeBackends {
  const app = new Hono();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, app.fetch);
  const url = `http://127.0.0.1:${server.addr.port}`;
  const fake: FakeBackends = {
    backends: embeddedBackends({ httpUrl: url, grpcUrl: url, uiUrl: url }),
    spans: [],
    logs: [],
    metrics: [],
    series: [],
    ownMetrics: {},
    isKeeping: true,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  const answer = (spans: ToldSpan[]) =>
    spans.length > 0
      ? Response.json({ result: tracesOf(spans) })
      : Response.json({ error: { httpCode: 404 } }, { status: 404 });

  app.get("/api/v3/services", (c) => {
    return c.json({ services: [...new Set(fake.spans.map(({ service }) => service))] });
  });
  app.get("/api/v3/traces", (c) => {
    const service = c.req.query("query.service_name");
    const since = Date.parse(c.req.query("query.start_time_min") ?? "");
    const ids = fake.spans.filter((span) =>
      span.service === service && BigInt(span.startTimeUnixNano!) >= BigInt(since) * 1_000_000n
    ).map(({ traceId }) => traceId);
    return answer(fake.spans.filter(({ traceId }) => ids.includes(traceId)));
  });
  app.get(
    "/api/v3/traces/:id",
    (c) => answer(fake.spans.filter(({ traceId }) => traceId === c.req.param("id"))),
  );
  app.get("/api/v2/trace/:id", (c) => {
    const spans = fake.spans.filter(({ traceId }) => traceId === c.req.param("id"));
    return spans.length > 0 ? c.json(zipkinSpans(tracesOf(spans))) : c.text("not found", 404);
  });
  app.get("/api/v1/query", (c) => {
    const pattern = /=~"(.*)"/.exec(c.req.query("query") ?? "")?.[1];
    const result = fake.series
      .filter(({ metric }) => new RegExp(`^${pattern}$`).test(metric["__name__"] ?? ""))
      .map(({ metric, value }) => ({ metric, value: [0, String(value)] }));
    return c.json({ status: "success", data: { resultType: "vector", result } });
  });
  app.get("/api/kit/metrics", (c) => c.json(fake.metrics));
  app.get("/api/kit/logs", (c) => c.json({ logs: fake.logs, kept: fake.logs.length }));
  app.get("/-/ready", (c) => c.text("ready"));
  app.get("/metrics", (c) =>
    c.text(
      Object.entries(fake.ownMetrics).map(([name, value]) => `${name}{a="b"} ${value}\n`).join(""),
    ));
  app.post("/v1/traces", async (c) => {
    const { resourceSpans = [] }: TracesData = await c.req.json();
    for (const { resource, scopeSpans = [] } of resourceSpans) {
      const service = resource?.attributes?.[0]?.value?.stringValue ?? "";
      const sent = scopeSpans.flatMap(({ scope, spans = [] }) =>
        spans.map((span) => ({ ...span, service, ...scope?.name && { scope: scope.name } }))
      );
      if (fake.isKeeping) fake.spans.push(...sent);
    }
    return c.json({});
  });
  return fake;
}

/** What conditions are checked against, for a step that begins now. */
export function contextOf(
  { backends }: Pick<FakeBackends, "backends">,
  given: Partial<CheckContext> = {},
): CheckContext {
  return {
    backends,
    appUrl: closedUrl(),
    folder: "/nowhere",
    hasFolder: true,
    startedAt: Date.now(),
    readings: {},
    answers: {},
    own: countOwnTraffic(),
    seen: [],
    memory: new Map(),
    ...given,
  };
}

let made = 0;

/** A span that starts now, alone in its trace. */
export function told(given: Partial<ToldSpan> & { service: string }): ToldSpan {
  const number = String(++made);
  const now = Date.now();
  return {
    traceId: number.padStart(32, "0"),
    spanId: number.padStart(16, "0"),
    name: "root",
    kind: 1,
    startTimeUnixNano: `${now}000000`,
    endTimeUnixNano: `${now + 1}000000`,
    ...given,
  };
}

function tracesOf(spans: ToldSpan[]): TracesData {
  return {
    resourceSpans: spans.map(({ service, scope: _, with: simple = {}, ...span }) => ({
      resource: { attributes: [attribute("service.name", service)] },
      scopeSpans: [{
        spans: [{ ...span, attributes: Object.entries(simple).map(([k, v]) => attribute(k, v)) }],
      }],
    })),
  };
}

function attribute(key: string, value: string | number): KeyValue {
  return {
    key,
    value: typeof value === "string" ? { stringValue: value } : { intValue: String(value) },
  };
}
