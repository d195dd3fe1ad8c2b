import { SpanStatusCode } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from "@opentelemetry/semantic-conventions";
import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { methodOverride } from "hono/method-override";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { replaceConsole } from "../helpers/console.ts";
import { startMemoryMetrics, startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";

/** The connection info from `Deno.serve`: a separate object for each request. */
const peer = () => ({ remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 40_123 } });

function createApp(): Hono {
  return new Hono().use(httpInstrumentation());
}

/** An app with a route that answers, and one that fails. */
function createItems(): Hono {
  return createApp()
    .get("/items/:id", (c) => c.text("item"))
    .get("/error", () => {
      throw new RangeError("broken");
    });
}

/** The names of the spans that a request to the app creates. */
async function namesOf(app: Hono, path: string): Promise<string[]> {
  await using telemetry = startMemoryTelemetry();
  await app.request(path, {}, peer());
  return telemetry.spans.map(({ name }) => name);
}

testWith(["env"], "a mounted app gives the span of the request its route", async () => {
  const app = createApp().mount("/shop", createItems().fetch);
  assertEquals(await namesOf(app, "/shop/items/1"), ["GET /shop/items/:id"]);
  const other = createApp().mount("/", createItems().fetch);
  assertEquals(await namesOf(other, "/items/1"), ["GET /items/:id"]);
  const twice = createApp().mount("/:town", createApp().mount("/shop", createItems().fetch).fetch);
  assertEquals(await namesOf(twice, "/rome/shop/items/1"), ["GET /:town/shop/items/:id"]);
});

testWith(["env"], "an app that is called in a handler also gives the span its route", async () => {
  const items = createItems();
  const app = createApp().all("/items/*", (c) => items.fetch(c.req.raw));
  assertEquals(await namesOf(app, "/items/1"), ["GET /items/:id"]);
});

testWith(["env"], "a mounted app without such a route leaves the span its own name", async () => {
  const app = createApp().mount("/shop", createItems().fetch).get("/shop/*", (c) => c.text("x"));
  assertEquals(await namesOf(app, "/shop/nothing"), ["GET /shop/*"]);
});

testWith(["env"], "an error in a mounted app is the error of the request", async () => {
  await using telemetry = startMemoryTelemetry();
  using _ = replaceConsole("error");
  const app = createApp().mount("/shop", createItems().fetch);
  await app.request("/shop/error", {}, peer());
  const [span] = telemetry.spans;
  assertEquals(span?.status, { code: SpanStatusCode.ERROR, message: "broken" });
  assertEquals(span?.attributes[ATTR_ERROR_TYPE], "RangeError");
  assertEquals(span?.events.map(({ name }) => name), ["exception"]);
});

testWith(["env"], "a mounted app is measured by its route, once", async () => {
  await using metrics = startMemoryMetrics();
  const { meterProvider } = metrics;
  const items = new Hono().use(httpInstrumentation({ meterProvider }));
  items.get("/items/:id", (c) => c.text("item"));
  const app = new Hono().use(httpInstrumentation({ meterProvider })).mount("/shop", items.fetch);
  await using _ = startMemoryTelemetry();
  await app.request("/shop/items/1", {}, peer());
  const points = (await metrics.collect()).get(METRIC_HTTP_SERVER_REQUEST_DURATION)?.dataPoints;
  assertEquals(points?.map(({ attributes }) => attributes[ATTR_HTTP_ROUTE]), ["/shop/items/:id"]);
});

testWith(["env"], "a request is recorded once if a middleware replaces it", async () => {
  const createReplacing = () =>
    createApp().use(async (c, next) => {
      c.req.raw = new Request(c.req.raw, { headers: { "x-added": "1" } });
      await next();
    });
  const routed = createReplacing().route("/api", createItems());
  assertEquals(await namesOf(routed, "/api/items/1"), ["GET /api/items/:id"]);
  const mounted = createReplacing().mount("/shop", createItems().fetch);
  assertEquals(await namesOf(mounted, "/shop/items/1"), ["GET /shop/items/:id"]);
});

testWith(["env"], "a request is recorded once even without data from the server", async () => {
  await using telemetry = startMemoryTelemetry();
  const namesOf = async (app: Hono, path: string, init: RequestInit = {}) => {
    const before = telemetry.spans.length;
    const { status } = await app.request(path, init);
    return [status, ...telemetry.spans.slice(before).map(({ name }) => name)];
  };
  const mounted = createApp().mount("/shop", createItems().fetch);
  assertEquals(await namesOf(mounted, "/shop/items/1"), [200, "GET /shop/items/:id"]);
  const options = createApp().mount("/shop", createItems().fetch, () => [{ own: "env" }]);
  assertEquals(await namesOf(options, "/shop/items/1"), [200, "GET /shop/items/:id"]);
  const unmoved = createApp().mount("/items", createItems().fetch, { replaceRequest: false });
  assertEquals(await namesOf(unmoved, "/items/1"), [200, "GET /items/:id"]);

  const items = createItems();
  const cascade = createApp().get("/own", (c) => c.text("own"))
    .notFound((c) => items.fetch(new Request(c.req.raw)));
  assertEquals(await namesOf(cascade, "/items/1"), [200, "GET /items/:id"]);
  const all = createApp().all("*", (c) => items.fetch(new Request(c.req.url, c.req.raw)));
  assertEquals(await namesOf(all, "/items/1"), [200, "GET /items/:id"]);

  const limited = createApp().use(bodyLimit({ maxSize: 100 }))
    .post("/items/:id", async (c) => c.text(await c.req.text()));
  const chunked = createApp().route("/api", limited);
  const body = new Blob(["chunks"]).stream();
  assertEquals(await namesOf(chunked, "/api/items/1", { method: "POST", body }), [
    200,
    "POST /api/items/:id",
  ]);

  const overridden = createApp();
  overridden.use(methodOverride({ app: overridden }))
    .delete("/items/:id", (c) => c.text("deleted"));
  const form = new FormData();
  form.set("_method", "DELETE");
  assertEquals(await namesOf(overridden, "/items/1", { method: "POST", body: form }), [
    200,
    "POST /items/:id",
  ]);
});

testWith(
  ["env", "net"],
  "two simultaneous requests are recorded as two, even without the server's data",
  async () => {
    await using telemetry = startMemoryTelemetry();
    const both = Promise.withResolvers<void>();
    let arrived = 0;
    const app = createApp().get("/", async (c) => {
      // On Deno 2.9, contexts leak into other requests.
      await import(`data:text/javascript,export default ${Math.random()}`);
      if (++arrived === 2) both.resolve();
      await both.promise;
      return c.text("");
    });
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => app.fetch(request),
    );
    const url = `http://127.0.0.1:${server.addr.port}/`;
    await Promise.all([1, 2].map(() => fetch(url).then((answer) => answer.text())));
    assertEquals(telemetry.spans.map(({ name }) => name), ["GET /", "GET /"]);
  },
);

testWith(["env"], "a request is recorded once if a part of the app handles errors", async () => {
  const api = createItems().onError((_, c) => c.text("sorry", 500));
  const app = new Hono().route("/api", api).use(httpInstrumentation());
  app.get("/api/late", (c) => c.text("late"));
  assertEquals(await namesOf(app, "/api/late"), ["GET /api/late"]);
});

testWith(
  ["env"],
  "a request to the same app from a handler is recorded separately",
  async () => {
    const app = createItems();
    app.get("/both", async (c) => {
      const answers = await Promise.all(["/items/1", "/items/2"].map((path) => app.request(path)));
      return c.text((await Promise.all(answers.map((answer) => answer.text()))).join());
    });
    assertEquals(await namesOf(app, "/both"), ["GET /items/:id", "GET /items/:id", "GET /both"]);
  },
);

/** How a server calls an app. */
type Ask = (
  app: Hono,
  request: Request,
  info: Deno.ServeHandlerInfo,
) => Response | Promise<Response>;

/** Serves with one app after another until one has an answer. */
function serveCascade(ask: Ask, apps: readonly Hono[]) {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request, info) => {
      let response = new Response(null, { status: 404 });
      for (const app of apps) {
        response = await ask(app, request, info);
        if (response.status !== 404) break;
      }
      return response;
    },
  );
}

for (
  const [how, ask] of [
    ["the request", (app, request) => app.fetch(request)],
    ["request and connection", (app, request, info) => app.fetch(request, info)],
    ["a copy of the request", (app, request, info) => app.fetch(new Request(request), info)],
  ] satisfies [string, Ask][]
) {
  testWith(["env", "net"], `a cascade of apps that get ${how} creates one span`, async () => {
    await using telemetry = startMemoryTelemetry();
    await using metrics = startMemoryMetrics();
    const create = () =>
      new Hono().use(httpInstrumentation({ meterProvider: metrics.meterProvider }));
    const apps = [
      create().get("/", (c) => c.text("home")).get("/items/:id", (c) => c.notFound()),
      create().get("/items/:id", (c) => c.text("item")).get("/error", () => {
        throw new RangeError("broken");
      }),
      create().get("/late/:id", async (c) => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        return c.text("late");
      }),
    ];
    using _ = replaceConsole("error");
    await using server = serveCascade(ask, apps);
    for (const path of ["/", "/items/1", "/late/1", "/error", "/nothing"]) {
      await (await fetch(`http://127.0.0.1:${server.addr.port}${path}`)).text();
    }
    assertEquals(
      telemetry.spans.map(({ name, attributes }) => [
        name,
        attributes[ATTR_HTTP_RESPONSE_STATUS_CODE],
      ]),
      [
        ["GET /", 200],
        ["GET /items/:id", 200],
        ["GET /late/:id", 200],
        ["GET /error", 500],
        ["GET", 404],
      ],
    );
    const duration = (await metrics.collect()).get(METRIC_HTTP_SERVER_REQUEST_DURATION);
    assertEquals(
      duration?.dataPoints.map(({ attributes, value }) => [
        attributes[ATTR_HTTP_ROUTE],
        (value as { count: number }).count,
      ]),
      [["/", 1], ["/items/:id", 1], ["/late/:id", 1], ["/error", 1], [undefined, 1]],
    );
  });
}
