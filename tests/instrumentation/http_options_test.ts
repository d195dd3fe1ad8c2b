import { trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_HEADER,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_SERVER_ADDRESS,
} from "@opentelemetry/semantic-conventions";
import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { captureHeaders } from "../../lib/instrumentation/headers.ts";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { readForwarded } from "../../lib/instrumentation/proxy.ts";
import { replaceConsole } from "../helpers/console.ts";
import {
  MemorySpanProcessor,
  startMemoryMetrics,
  startMemoryTelemetry,
} from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";

testWith(["env"], "ignorePaths: no spans or metrics, not even for the handler's work", async () => {
  await using telemetry = startMemoryTelemetry();
  await using metrics = startMemoryMetrics();
  const app = new Hono()
    .use(httpInstrumentation({
      ignorePaths: ["/health", /^\/internal\//g],
      meterProvider: metrics.meterProvider,
    }))
    .all("*", (c) => {
      trace.getTracer("test").startSpan("inner").end();
      return c.text("ok");
    });
  for (const path of ["/health", "/health?x=1", "/internal/a", "/internal/b"]) {
    assertEquals(await (await app.request(path)).text(), "ok");
  }
  assertEquals(telemetry.spans, []);
  assertEquals([...(await metrics.collect()).keys()], []);
  for (const path of ["/healthy", "/a/internal/"]) await app.request(path);
  assertEquals(telemetry.spans.map(({ name }) => name), ["inner", "GET /*", "inner", "GET /*"]);
});

testWith(["env"], "hooks set names and attributes, and their errors do no harm", async () => {
  await using telemetry = startMemoryTelemetry();
  let isFaulty = false;
  const check = () => {
    if (isFaulty) throw new Error("a fault");
  };
  const app = new Hono()
    .use(httpInstrumentation({
      requestHook(span, c) {
        check();
        span.setAttribute("tenant", c.req.query("tenant") ?? "none");
      },
      responseHook(span, c) {
        check();
        span.updateName(`answered ${c.req.param("id")}`).setAttribute("length", c.res.status);
      },
    }))
    .get("/items/:id", (c) => c.text("item"));
  await app.request("/items/1?tenant=a");
  isFaulty = true;
  await app.request("/items/1");
  const [named, plain] = telemetry.spans;
  assertEquals(named?.name, "answered 1");
  assertEquals([named?.attributes.tenant, named?.attributes.length], ["a", 200]);
  assertEquals(plain?.name, "GET /items/:id");
  assertEquals(plain?.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 200);
});

testWith(["env"], "readForwarded: forwarding headers are ignored by default", async () => {
  await using telemetry = startMemoryTelemetry();
  const headers = { forwarded: 'for="[2001:db8::1]:80";host=shop.test' };
  for (const options of [{}, { readForwarded }]) {
    const app = new Hono().use(httpInstrumentation(options)).get("/", (c) => c.text(""));
    await app.request("/", { headers });
  }
  assertEquals(
    telemetry.spans.map(({ attributes }) => [
      attributes[ATTR_CLIENT_ADDRESS],
      attributes[ATTR_SERVER_ADDRESS],
    ]),
    [[undefined, "localhost"], ["2001:db8::1", "shop.test"]],
  );
});

testWith(["env"], "captured headers replace nothing else", async () => {
  using _ = replaceConsole("error");
  for (const attributeCountLimit of [16, 128]) {
    const processor = new MemorySpanProcessor();
    const tracerProvider = new BasicTracerProvider({
      spanProcessors: [processor],
      spanLimits: { attributeCountLimit },
    });
    const app = new Hono()
      .use(httpInstrumentation({
        tracerProvider,
        headers: captureHeaders({ request: [".*"], response: [".*"] }),
      }))
      .all("/late/*", () => {
        throw new RangeError("broken");
      });
    const headers = Object.fromEntries(Array.from({ length: 140 }, (_, i) => [`x-${i}`, "v"]));
    await app.request("/late/1", { headers });
    const [span] = processor.spans;
    assertEquals(span?.name, "GET /late/*");
    assertEquals(span?.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 500);
    assertEquals(span?.attributes[ATTR_ERROR_TYPE], "RangeError");
    assertEquals(span?.attributes[ATTR_HTTP_ROUTE], "/late/*");
    assertEquals(span?.attributes[ATTR_HTTP_REQUEST_HEADER("x-0")], ["v"]);
    assertEquals(span?.attributes[ATTR_HTTP_RESPONSE_HEADER("content-type")], undefined);
    assertEquals(Object.keys(span!.attributes).length, attributeCountLimit);
    await tracerProvider.shutdown();
  }
});
