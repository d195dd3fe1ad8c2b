import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AlwaysOffSampler, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_HEADER,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
  ATTR_USER_AGENT_ORIGINAL,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from "@opentelemetry/semantic-conventions";
import { METRIC_HTTP_SERVER_ACTIVE_REQUESTS } from "@opentelemetry/semantic-conventions/incubating";
import { DataPointType, type Histogram } from "@opentelemetry/sdk-metrics";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { captureHeaders } from "../../lib/instrumentation/headers.ts";
import {
  httpInstrumentation,
  type HttpInstrumentationOptions,
} from "../../lib/instrumentation/http_instrumentation.ts";
import { readForwarded } from "../../lib/instrumentation/proxy.ts";
import { VERSION } from "../../lib/version.ts";
import { replaceConsole } from "../helpers/console.ts";
import { startMemoryMetrics, startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";
import { within } from "../helpers/patience.ts";

const PEER = { remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 40_123 } };
const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

function createApp(options: HttpInstrumentationOptions = {}): Hono {
  const app = new Hono();
  app.use(httpInstrumentation(options));
  app.get("/", (c) => c.text("hello"));
  app.get("/error", (c) => c.text(`${1n / 0n}`));
  app.get("/users/:id", (c) => c.text(c.req.param("id")));
  return app;
}

/** Serves the requests as `Deno.serve` would, and silences Hono's default error handler. */
async function spansOf(
  app: Hono,
  ...requests: [path: string, init?: RequestInit][]
): Promise<readonly ReadableSpan[]> {
  await using telemetry = startMemoryTelemetry();
  using _ = replaceConsole("error");
  for (const [path, init = {}] of requests) await app.request(path, init, PEER);
  assertEquals(telemetry.spans.length, requests.length);
  return telemetry.spans;
}

async function spanOf(app: Hono, path: string, init: RequestInit = {}): Promise<ReadableSpan> {
  const [span] = await spansOf(app, [path, init]);
  return span!;
}

testWith(["env"], "httpInstrumentation() records a request by the conventions", async () => {
  const span = await spanOf(createApp(), "http://shop.test:8080/users/7?tab=a&sig=secret", {
    headers: { host: "shop.test:8080", "user-agent": "test/1" },
  });
  assertEquals(span.name, "GET /users/:id");
  assertEquals(span.kind, SpanKind.SERVER);
  assertEquals(span.status.code, SpanStatusCode.UNSET);
  assertEquals(span.instrumentationScope.name, "otel-kit");
  assertEquals(span.instrumentationScope.version, VERSION);
  assertEquals(span.attributes, {
    [ATTR_HTTP_REQUEST_METHOD]: "GET",
    [ATTR_URL_SCHEME]: "http",
    [ATTR_URL_PATH]: "/users/7",
    [ATTR_URL_QUERY]: "tab=a&sig=REDACTED",
    [ATTR_SERVER_ADDRESS]: "shop.test",
    [ATTR_SERVER_PORT]: 8080,
    [ATTR_CLIENT_ADDRESS]: "192.0.2.7",
    [ATTR_NETWORK_PEER_ADDRESS]: "192.0.2.7",
    [ATTR_NETWORK_PEER_PORT]: 40_123,
    [ATTR_USER_AGENT_ORIGINAL]: "test/1",
    [ATTR_HTTP_ROUTE]: "/users/:id",
    [ATTR_HTTP_RESPONSE_STATUS_CODE]: 200,
  });
});

testWith(["env"], "httpInstrumentation() records a thrown error as event and status", async () => {
  const span = await spanOf(createApp(), "/error");
  assertEquals(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 500);
  assertEquals(span.attributes[ATTR_ERROR_TYPE], "RangeError");
  assertEquals(span.status, { code: SpanStatusCode.ERROR, message: "Division by zero" });
  const [event] = span.events;
  assertEquals(event?.name, "exception");
  assertEquals(event?.attributes?.[ATTR_EXCEPTION_TYPE], "RangeError");
  assertEquals(event?.attributes?.[ATTR_EXCEPTION_MESSAGE], "Division by zero");
  assert(String(event?.attributes?.[ATTR_EXCEPTION_STACKTRACE]).includes("_test.ts:"));
});

testWith(["env"], "httpInstrumentation() marks a 5xx without an error", async () => {
  const app = createApp().get("/down", (c) => c.text("later", 503));
  const span = await spanOf(app, "/down");
  assertEquals(span.status, { code: SpanStatusCode.ERROR });
  assertEquals(span.attributes[ATTR_ERROR_TYPE], "503");
  assertEquals(span.events, []);
});

testWith(["env"], "httpInstrumentation() leaves a 4xx unset, thrown or not", async () => {
  const app = createApp()
    .get("/gone", (c) => c.text("gone", 410))
    .get("/teapot", () => {
      throw new HTTPException(418);
    });
  const spans = await spansOf(app, ["/gone"], ["/teapot"], ["/nowhere"]);
  const statuses = spans.map((span) => span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE]);
  assertEquals(statuses, [410, 418, 404]);
  for (const span of spans) {
    assertEquals(span.attributes[ATTR_ERROR_TYPE], undefined);
    assertEquals(span.status.code, SpanStatusCode.UNSET);
    assertEquals(span.events, []);
  }
});

testWith(["env"], "httpInstrumentation() rethrows a value that is not an Error", async () => {
  await using telemetry = startMemoryTelemetry();
  const app = createApp().get("/odd", () => {
    // deno-lint-ignore no-throw-literal
    throw "no error object";
  });
  await assertRejects(() => Promise.resolve(app.request("/odd")));
  const [span] = telemetry.spans;
  assertEquals(span?.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 500);
  assertEquals(span?.attributes[ATTR_ERROR_TYPE], "500");
  assertEquals(span?.events[0]?.attributes?.[ATTR_EXCEPTION_MESSAGE], "no error object");
});

testWith(
  ["env"],
  "httpInstrumentation() records the 500 of a handler without an answer",
  async () => {
    const app = createApp();
    app.get("/silent", (() => undefined) as never);
    const span = await spanOf(app, "/silent");
    assertEquals(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 500);
    assertEquals(span.attributes[ATTR_ERROR_TYPE], "Error");
    assertMatch(span.status.message ?? "", /Did you forget to return a Response/);
  },
);

testWith(
  ["env"],
  "httpInstrumentation() names the span only by method without a route",
  async () => {
    const span = await spanOf(createApp(), "/nowhere");
    assertEquals(span.name, "GET");
    assertEquals(span.attributes[ATTR_HTTP_ROUTE], undefined);
  },
);

testWith(
  ["env"],
  "httpInstrumentation() names the one of several routes that answered",
  async () => {
    const app = createApp()
      .use("/admin/*", async (_, next) => await next())
      .get("/admin/:page", async (_, next) => await next())
      .get("/admin/*", (c) => c.text("fallback"))
      .all("/any", (c) => c.text("any"));
    const [admin, any] = await spansOf(app, ["/admin/x"], ["/any", { method: "POST" }]);
    assertEquals(admin?.attributes[ATTR_HTTP_ROUTE], "/admin/*");
    assertEquals(admin?.name, "GET /admin/*");
    assertEquals(any?.name, "POST /any");
  },
);

testWith(
  ["env"],
  "httpInstrumentation() names the route when a middleware refuses the request",
  async () => {
    const app = new Hono();
    app.use(httpInstrumentation());
    app.use("/admin/*", (c, _next) => Promise.resolve(c.text("no", 401)));
    app.get("/admin/:page", (c) => c.text("page"));
    const span = await spanOf(app, "/admin/users");
    assertEquals(span.name, "GET /admin/:page");
    assertEquals(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 401);
  },
);

testWith(["env"], "httpInstrumentation() names the whole route of a mounted app", async () => {
  const api = new Hono();
  api.use(httpInstrumentation());
  api.get("/items/:id", (c) => c.text("item"));
  const app = createApp().route("/api", api);
  assertEquals((await spanOf(app, "/api/items/1")).name, "GET /api/items/:id");
});

testWith(
  ["env"],
  "httpInstrumentation() records a request once, however often it is used",
  async () => {
    const app = createApp();
    app.use(httpInstrumentation());
    app.get("/twice", (c) => c.text("once"));
    await spansOf(app, ["/twice"]);
  },
);

testWith(["env"], "httpInstrumentation() records unknown methods as _OTHER", async () => {
  for (const method of ["BREW", "get-it"]) {
    const span = await spanOf(createApp(), "/nowhere", { method });
    assertEquals(span.name, "HTTP");
    assertEquals(span.attributes[ATTR_HTTP_REQUEST_METHOD], "_OTHER");
    assertEquals(span.attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL], method);
  }
  const known = await spanOf(createApp({ knownMethods: ["BREW"] }), "/", { method: "BREW" });
  assertEquals(known.attributes[ATTR_HTTP_REQUEST_METHOD], "BREW");
  const other = await spanOf(createApp({ knownMethods: ["BREW"] }), "/");
  assertEquals(other.name, "HTTP /");
});

testWith(
  ["env"],
  "httpInstrumentation() records the methods of the convention by name",
  async () => {
    for (const method of ["GET", "QUERY", "PATCH", "OPTIONS"]) {
      const span = await spanOf(createApp(), "/nowhere", { method });
      assertEquals(span.attributes[ATTR_HTTP_REQUEST_METHOD], method);
    }
  },
);

testWith(["env"], "httpInstrumentation() names a DOMException by its name", async () => {
  const app = createApp().get("/gone", () => {
    throw new DOMException("http://a/?sig=s3cret is gone", "AbortError");
  });
  const span = await spanOf(app, "/gone");
  assertEquals(span.attributes[ATTR_ERROR_TYPE], "AbortError");
  assertEquals(span.events[0]?.attributes?.[ATTR_EXCEPTION_TYPE], "AbortError");
  assertEquals(span.status.message, "http://a/?sig=REDACTED is gone");
});

testWith(["env"], "httpInstrumentation() records HEAD by its own name", async () => {
  assertEquals((await spanOf(createApp(), "/", { method: "HEAD" })).name, "HEAD /");
});

testWith(["env"], "httpInstrumentation() continues the trace of the caller", async () => {
  const span = await spanOf(createApp(), "/", { headers: { traceparent: TRACEPARENT } });
  assertEquals(span.spanContext().traceId, "0af7651916cd43dd8448eb211c80319c");
  assertEquals(span.parentSpanContext?.spanId, "b7ad6b7169203331");
  assertEquals(span.parentSpanContext?.isRemote, true);
});

testWith(["env"], "httpInstrumentation() makes the span active in the handler", async () => {
  await using telemetry = startMemoryTelemetry();
  const app = createApp().get("/active", async (c) => {
    await Promise.resolve();
    trace.getSpan(context.active())?.setAttribute("seen", true);
    return c.text("active");
  });
  await Promise.all([app.request("/active"), app.request("/")]);
  const seen = telemetry.spans.map((
    span,
  ) => [span.name, span.attributes.seen]);
  assertEquals(
    new Map(seen as [string, unknown][]),
    new Map([["GET /active", true], ["GET /", undefined]] as [string, unknown][]),
  );
});

testWith(["env"], "httpInstrumentation() captures and redacts headers", async () => {
  const app = createApp({
    headers: captureHeaders({ request: [".*"], response: ["x-.*", "set-cookie"] }),
  })
    .get("/headers", (c) => {
      c.header("X-Answer", "42");
      c.header("Set-Cookie", "a=1");
      c.header("Set-Cookie", "b=2", { append: true });
      return c.text("ok");
    });
  const { attributes } = await spanOf(app, "/headers", {
    headers: { Accept: "text/plain", Authorization: "Bearer secret", "X-Api-Key": "k" },
  });
  assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("accept")], ["text/plain"]);
  assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("authorization")], ["[REDACTED]"]);
  assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("x-api-key")], ["[REDACTED]"]);
  assertEquals(attributes[ATTR_HTTP_RESPONSE_HEADER("x-answer")], ["42"]);
  assertEquals(attributes[ATTR_HTTP_RESPONSE_HEADER("set-cookie")], ["[REDACTED]", "[REDACTED]"]);
  assertEquals(attributes[ATTR_HTTP_RESPONSE_HEADER("content-type")], undefined);
});

testWith(
  ["env"],
  "httpInstrumentation() captures by whole names, in any letter case",
  async () => {
    const app = createApp({
      headers: captureHeaders({
        request: ["X-Ab", { matches: (name) => name === "cd" || name === "ce" }],
        sanitize: ["CD"],
      }),
    });
    const { attributes } = await spanOf(app, "/", {
      headers: { "x-ab": "1", "x-abc": "2", cd: "3", ce: "4", authorization: "5" },
    });
    assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("x-ab")], ["1"]);
    assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("x-abc")], undefined);
    assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("cd")], ["[REDACTED]"]);
    assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("ce")], ["4"]);
    assertEquals(attributes[ATTR_HTTP_REQUEST_HEADER("authorization")], undefined);
  },
);

testWith(["env"], "httpInstrumentation() captures headers that are listed by name", async () => {
  const app = createApp({
    headers: captureHeaders({
      request: ["Accept", "authorization", "x-missing"],
      response: ["set-cookie", "x-empty"],
      sanitize: ["authorization"],
    }),
  }).get("/named", (c) => {
    c.header("Set-Cookie", "a=1");
    c.header("Set-Cookie", "b=2", { append: true });
    c.header("X-Empty", "");
    return c.text("ok");
  });
  const { attributes } = await spanOf(app, "/named", {
    headers: { accept: "text/plain", authorization: "secret", "x-other": "1" },
  });
  const captured = Object.entries(attributes).filter(([key]) => key.includes(".header."));
  assertEquals(Object.fromEntries(captured), {
    [ATTR_HTTP_REQUEST_HEADER("accept")]: ["text/plain"],
    [ATTR_HTTP_REQUEST_HEADER("authorization")]: ["[REDACTED]"],
    [ATTR_HTTP_RESPONSE_HEADER("set-cookie")]: ["a=1", "b=2"],
    [ATTR_HTTP_RESPONSE_HEADER("x-empty")]: [""],
  });
});

testWith(["env"], "httpInstrumentation() handles a path with an invalid encoding", async () => {
  const span = await spanOf(createApp(), "http://localhost/users/%zz%?x=%");
  assertEquals(span.attributes[ATTR_URL_PATH], "/users/%zz%");
  assertEquals(span.attributes[ATTR_URL_QUERY], "x=%");
  assertEquals(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 200);
});

testWith(
  ["env"],
  "httpInstrumentation() records nothing if the sampler drops the span",
  async () => {
    await using telemetry = startMemoryTelemetry({ sampler: new AlwaysOffSampler() });
    const response = await createApp().request("/");
    assertEquals(response.status, 200);
    assertEquals(telemetry.spans, []);
  },
);

Deno.test("httpInstrumentation() changes nothing without an SDK", async () => {
  const response = await createApp().request("/");
  assertEquals(await response.text(), "hello");
});

testWith(["env"], "httpInstrumentation() measures duration and active requests", async () => {
  await using metrics = startMemoryMetrics();
  const app = createApp({ meterProvider: metrics.meterProvider });
  let during: unknown;
  app.get("/now", async (c) => {
    const { dataPoints } = (await metrics.collect()).get(METRIC_HTTP_SERVER_ACTIVE_REQUESTS)!;
    during = dataPoints.map(({ value, attributes }) => ({ value, attributes }));
    return c.text("now");
  });
  using _ = replaceConsole("error");
  for (const path of ["/now", "/users/1", "/users/2", "/error"]) await app.request(path);

  const common = { [ATTR_HTTP_REQUEST_METHOD]: "GET", [ATTR_URL_SCHEME]: "http" };
  assertEquals(during, [{ value: 1, attributes: common }]);
  const collected = await metrics.collect();
  const active = collected.get(METRIC_HTTP_SERVER_ACTIVE_REQUESTS)!;
  assertEquals(active.dataPoints.map(({ value }) => value), [0]);
  const duration = collected.get(METRIC_HTTP_SERVER_REQUEST_DURATION)!;
  assertEquals(duration.descriptor.unit, "s");
  assertEquals(duration.dataPointType, DataPointType.HISTOGRAM);
  const points = duration.dataPoints.map(({ attributes, value }) => {
    const { count, buckets, sum } = value as Histogram;
    assert(sum! < 5, "seconds, not milliseconds");
    assertEquals(buckets.boundaries, [
      ...[0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    ]);
    return [attributes[ATTR_HTTP_ROUTE], count, attributes[ATTR_ERROR_TYPE]];
  });
  assertEquals(points, [["/now", 1, undefined], ["/users/:id", 2, undefined], [
    "/error",
    1,
    "RangeError",
  ]]);
  assertEquals(duration.dataPoints[2]?.attributes, {
    ...common,
    [ATTR_HTTP_ROUTE]: "/error",
    [ATTR_HTTP_RESPONSE_STATUS_CODE]: 500,
    [ATTR_ERROR_TYPE]: "RangeError",
  });
});

Deno.test("httpInstrumentation() measures with a scheme that no client can choose", async () => {
  await using metrics = startMemoryMetrics();
  const app = createApp({ meterProvider: metrics.meterProvider, readForwarded });
  for (let i = 0; i < 50; i++) {
    await app.request(new Request(`a${i}://localhost/`), {
      headers: { "x-forwarded-proto": `b${i}` },
    });
    await app.request("/", { headers: { forwarded: `proto=c${i}` } });
  }
  await app.request("/", { headers: { "x-forwarded-proto": "HTTPS" } });
  const collected = await metrics.collect();
  for (const name of [METRIC_HTTP_SERVER_ACTIVE_REQUESTS, METRIC_HTTP_SERVER_REQUEST_DURATION]) {
    const schemes = collected.get(name)?.dataPoints.map((point) =>
      point.attributes[ATTR_URL_SCHEME]
    );
    assertEquals(schemes, ["http", "https"]);
  }
});

Deno.test("httpInstrumentation() counts the active requests of all apps together", async () => {
  await using memory = startMemoryMetrics();
  const { meterProvider } = memory;
  const bothStarted = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  let started = 0;
  const requests = [1, 2].map(() => {
    const app = new Hono().use(httpInstrumentation({ meterProvider }));
    app.get("/", async (c) => {
      if (++started === 2) bothStarted.resolve();
      await mayEnd.promise;
      return c.text("");
    });
    return app.request("/");
  });
  await within(bothStarted.promise, "two requests at once");
  const active = async () =>
    (await memory.collect()).get(METRIC_HTTP_SERVER_ACTIVE_REQUESTS)?.dataPoints
      .map(({ value }) => value);
  assertEquals(await active(), [2]);
  mayEnd.resolve();
  await Promise.all(requests);
  assertEquals(await active(), [0]);
});
