import {
  context,
  createContextKey,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from "@opentelemetry/semantic-conventions";
import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { captureHeaders } from "../../lib/instrumentation/headers.ts";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { replaceConsole } from "../helpers/console.ts";
import { startMemoryMetrics, startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";

const RPC_METADATA = createContextKey("OpenTelemetry SDK Context Key RPC_METADATA");

function createApp(options: Parameters<typeof httpInstrumentation>[0] = {}): Hono {
  return new Hono().use(httpInstrumentation(options))
    .get("/items/:id", (c) => {
      trace.getTracer("app").startSpan("inner").end();
      return c.text("item");
    })
    .get("/error", () => {
      throw new RangeError("broken");
    });
}

/** Calls an app as a server instrumentation does, with a span for the request already active. */
async function askWithin(span: Span, app: Hono, path: string, metadata?: object): Promise<void> {
  let active = trace.setSpan(context.active(), span);
  if (metadata) active = active.setValue(RPC_METADATA, metadata);
  await context.with(active, () => app.request(path, { headers: { "x-a": "b" } }));
  span.end();
}

testWith(
  ["env"],
  "an existing server span gets Hono's data, and stays the only one",
  async () => {
    await using telemetry = startMemoryTelemetry();
    await using metrics = startMemoryMetrics();
    const tracer = trace.getTracer("server");
    const app = createApp({
      headers: captureHeaders({ request: ["x-a"] }),
      meterProvider: metrics.meterProvider,
    });
    const span = tracer.startSpan("GET", { kind: SpanKind.SERVER });
    await askWithin(span, app, "/items/1");
    const [inner, server, ...others] = telemetry.spans;
    assertEquals(others, []);
    assertEquals([inner?.name, server?.name], ["inner", "GET /items/:id"]);
    assertEquals(inner?.parentSpanContext?.spanId, server?.spanContext().spanId);
    assertEquals(server?.attributes[ATTR_HTTP_ROUTE], "/items/:id");
    assertEquals(server?.attributes[ATTR_HTTP_REQUEST_HEADER("x-a")], ["b"]);
    assertEquals([...(await metrics.collect()).keys()], []);
  },
);

testWith(["env"], "an error is recorded in the existing span", async () => {
  await using telemetry = startMemoryTelemetry();
  using _ = replaceConsole("error");
  const span = trace.getTracer("server").startSpan("GET", { kind: SpanKind.SERVER });
  await askWithin(span, createApp(), "/error");
  const [server] = telemetry.spans;
  assertEquals(server?.status, { code: SpanStatusCode.ERROR, message: "broken" });
  assertEquals(server?.attributes[ATTR_ERROR_TYPE], "RangeError");
  // The other instrumentation records that, and Deno would export it twice.
  assertEquals(server?.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], undefined);
  assertEquals(server?.events.map(({ name }) => name), ["exception"]);
});

testWith(["env"], "Node's instrumentation gets the route, whatever span is active", async () => {
  await using telemetry = startMemoryTelemetry();
  const tracer = trace.getTracer("server");
  const server = tracer.startSpan("GET", { kind: SpanKind.SERVER });
  const metadata: { type: string; span: Span; route?: string } = { type: "http", span: server };
  await askWithin(tracer.startSpan("between"), createApp(), "/items/1", metadata);
  server.end();
  assertEquals(metadata.route, "/items/:id");
  const names = telemetry.spans.map(({ name }) => name);
  assertEquals(names, ["inner", "between", "GET /items/:id"]);
});

testWith(["env"], "a span around a call to the app is not its server span", async () => {
  await using telemetry = startMemoryTelemetry();
  const tracer = trace.getTracer("job");
  const job = tracer.startSpan("job");
  await askWithin(job, createApp(), "/items/1");
  const ended = tracer.startSpan("GET", { kind: SpanKind.SERVER });
  ended.end();
  await askWithin(ended, createApp(), "/items/1");
  const names = telemetry.spans.map(({ name }) => name).filter((name) => name !== "inner");
  assertEquals(names, ["GET /items/:id", "job", "GET", "GET /items/:id"]);
});
