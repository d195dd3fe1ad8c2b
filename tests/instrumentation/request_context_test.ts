import { context, createContextKey, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { HANDLED_REQUEST_KEY, HandledRequest } from "../../lib/instrumentation/handled_request.ts";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { RequestContext } from "../../lib/instrumentation/request_context.ts";
import { startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";
import { within } from "../helpers/patience.ts";

const SPAN = trace.wrapSpanContext({
  traceId: "1".repeat(32),
  spanId: "2".repeat(16),
  traceFlags: 1,
});

/** The request as the app handles it. */
async function handledRequest(): Promise<HandledRequest> {
  const { promise, resolve } = Promise.withResolvers<HandledRequest>();
  await new Hono().get("/", (c) => {
    resolve(new HandledRequest(c));
    return c.text("ok");
  }).request("/");
  return await promise;
}

Deno.test("RequestContext is its parent with the span active and the request known", async () => {
  const key = createContextKey("test");
  const request = await handledRequest();
  const requestContext = new RequestContext(ROOT_CONTEXT.setValue(key, "parent"), SPAN, request);
  assertEquals(trace.getSpan(requestContext), SPAN);
  assertEquals(requestContext.getValue(key), "parent");
  assertEquals(requestContext.getValue(HANDLED_REQUEST_KEY), request);
  const changed = requestContext.setValue(key, "child");
  assertEquals([trace.getSpan(changed), changed.getValue(key)], [SPAN, "child"]);
  assertEquals(changed.getValue(HANDLED_REQUEST_KEY), request);
  assertEquals(trace.getSpan(trace.deleteSpan(requestContext)), undefined);
});

Deno.test("RequestContext keeps the IDs of an ended span, and a span that others end", async () => {
  for (const isEnded of [true, false]) {
    const request = await handledRequest();
    const requestContext = new RequestContext(ROOT_CONTEXT, SPAN, request);
    assertEquals(request.route, "/");
    requestContext.release(isEnded);
    assertEquals(trace.getSpanContext(requestContext), SPAN.spanContext());
    assertEquals(trace.getSpan(requestContext) === SPAN, !isEnded);
    assertEquals(request.route, undefined);
  }
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
  await within(late.promise, "the end of the task");
  const [request, task] = telemetry.spans;
  assertEquals([request?.name, task?.name], ["GET /", "late"]);
  assertEquals(task?.parentSpanContext?.spanId, request?.spanContext().spanId);
  assertEquals(task?.spanContext().traceId, request?.spanContext().traceId);
});
