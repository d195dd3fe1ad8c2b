import { context, createContextKey, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { RequestContext } from "../../lib/instrumentation/request_context.ts";
import { startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";

const SPAN = trace.wrapSpanContext({
  traceId: "1".repeat(32),
  spanId: "2".repeat(16),
  traceFlags: 1,
});

Deno.test("RequestContext is its parent with the span active", () => {
  const key = createContextKey("test");
  const requestContext = new RequestContext(ROOT_CONTEXT.setValue(key, "parent"), SPAN);
  assertEquals(trace.getSpan(requestContext), SPAN);
  assertEquals(requestContext.getValue(key), "parent");
  const changed = requestContext.setValue(key, "child");
  assertEquals([trace.getSpan(changed), changed.getValue(key)], [SPAN, "child"]);
  assertEquals(trace.getSpan(trace.deleteSpan(requestContext)), undefined);
});

Deno.test("RequestContext keeps the ids of a span that it let go", () => {
  const requestContext = new RequestContext(ROOT_CONTEXT, SPAN);
  requestContext.release();
  assertEquals(trace.getSpanContext(requestContext), SPAN.spanContext());
});

testWith(["env"], "a task that outlives its request still belongs to its trace", async () => {
  await using telemetry = startMemoryTelemetry();
  const tracer = trace.getTracer("test");
  const answered = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  const app = new Hono();
  app.use(httpInstrumentation());
  app.get("/", (c) => {
    (async () => {
      await answered.promise;
      tracer.startSpan("late", {}, context.active()).end();
      late.resolve();
    })();
    return c.text("ok");
  });
  await app.request("/");
  answered.resolve();
  await late.promise;
  const [request, task] = telemetry.spans;
  assertEquals([request?.name, task?.name], ["GET /", "late"]);
  assertEquals(task?.parentSpanContext?.spanId, request?.spanContext().spanId);
  assertEquals(task?.spanContext().traceId, request?.spanContext().traceId);
});
