import type { Context, Next } from "hono";
import { ATTR_HTTP_ROUTE } from "@opentelemetry/semantic-conventions";
import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { cors } from "hono/cors";
import { Hono as QuickHono } from "hono/quick";
import { matchedRoutes } from "hono/route";
import { Hono as TinyHono } from "hono/tiny";
import { instrumentHono } from "../../lib/instrumentation/hono.ts";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";

/** Telemetry that returns the name of a request's span, and checks that the route attribute agrees. */
function startTelemetry() {
  const telemetry = startMemoryTelemetry();
  return {
    async nameOf(app: Hono, path: string, init: RequestInit = {}): Promise<string> {
      const before = telemetry.spans.length;
      await (await app.request(path, init)).text();
      const [span, ...others] = telemetry.spans.slice(before);
      assertEquals(others, []);
      assertEquals(span!.name.split(" ")[1], span!.attributes[ATTR_HTTP_ROUTE]);
      return span!.name;
    },
    [Symbol.asyncDispose]: () => telemetry[Symbol.asyncDispose](),
  };
}

/** An app of another framework. */
const foreign = (request: Request) => new Response(`foreign ${request.url}`);

const CLASSES: Record<string, new () => Hono> = {
  "hono": Hono,
  "hono/tiny": TinyHono as unknown as new () => Hono,
  "hono/quick": QuickHono as unknown as new () => Hono,
};

for (const [name, Class] of Object.entries(CLASSES)) {
  const create = () => new Class().use(httpInstrumentation());

  testWith(
    ["env"],
    `${name}: the route is that of the handler that answers`,
    async () => {
      await using telemetry = startTelemetry();
      const app = create()
        .all("/two", (c: Context, _next: Next) => Promise.resolve(c.text("two")))
        .all("/rest/:id", ((...[c]: [Context]) => c.text("rest")) as never)
        .all("/files/*", (c: Context, _: Next) => Promise.resolve(c.text("file")))
        .use("/static/*", (c, _next) => Promise.resolve(c.text("static")));
      assertEquals(await telemetry.nameOf(app, "/two"), "GET /two");
      assertEquals(await telemetry.nameOf(app, "/rest/1"), "GET /rest/:id");
      assertEquals(await telemetry.nameOf(app, "/files/a/b"), "GET /files/*");
      assertEquals(await telemetry.nameOf(app, "/static/a.css"), "GET /static/*");
    },
  );

  testWith(["env"], `${name}: middleware that calls next is not the route`, async () => {
    await using telemetry = startTelemetry();
    const app = create()
      .use(((...[, next]: [Context, Next]) => next()) as never)
      .use(async (_, next) => await next())
      .use("/api/*", ((_: Context, ...[next]: [Next]) => next()) as never)
      .get("/api/:id", (c) => c.text("one"));
    assertEquals(await telemetry.nameOf(app, "/nowhere"), "GET");
    assertEquals(await telemetry.nameOf(app, "/api/a/b"), "GET");
    assertEquals(await telemetry.nameOf(app, "/api/1"), "GET /api/:id");
    // Again, because what one request showed doesn't hold for others.
    assertEquals(await telemetry.nameOf(app, "/nowhere"), "GET");
    app.notFound((c) => c.text("index", 200));
    assertEquals(await telemetry.nameOf(app, "/nowhere"), "GET");
  });

  testWith(["env"], `${name}: a custom not-found handler has a route`, async () => {
    await using telemetry = startTelemetry();
    const app = create()
      .all("/items/:id", (c) => c.notFound())
      .get("/users/:id", (c) => c.notFound());
    assertEquals(await telemetry.nameOf(app, "/items/1"), "GET /items/:id");
    assertEquals(await telemetry.nameOf(app, "/users/1"), "GET /users/:id");
  });

  testWith(["env"], `${name}: parts that answer errors keep their routes`, async () => {
    await using telemetry = startTelemetry();
    const part = new Class()
      .all("/any/:id", (c: Context, _: Next) => Promise.resolve(c.text("any")))
      .get("/one/:id", (c) => c.text("one"))
      .use("/own/*", async (_, next) => await next())
      .onError((_, c) => c.text("sorry", 500));
    const app = create().route("/part", part);
    assertEquals(await telemetry.nameOf(app, "/part/any/1"), "GET /part/any/:id");
    assertEquals(await telemetry.nameOf(app, "/part/one/1"), "GET /part/one/:id");
    assertEquals(await telemetry.nameOf(app, "/part/own/1"), "GET");
  });

  testWith(["env"], `${name}: a mounted app has the route of its mount`, async () => {
    await using telemetry = startTelemetry();
    const app = create().mount("/other", foreign).mount(
      "/hono",
      new Hono().get("/a", (c) => c.text("a")).fetch,
    );
    assertEquals(await telemetry.nameOf(app, "/other/a/b"), "GET /other/*");
    assertEquals(await telemetry.nameOf(app, "/hono/a"), "GET /hono/*");
  });
}

testWith(
  ["env"],
  "middleware that answers in front of an endpoint has the endpoint's route",
  async () => {
    await using telemetry = startTelemetry();
    const app = new Hono().use(httpInstrumentation())
      .use("/admin/*", basicAuth({ username: "a", password: "b" }))
      .get("/admin/:page", (c) => c.text("page"))
      .use("/api/*", cors());
    assertEquals(await telemetry.nameOf(app, "/admin/users"), "GET /admin/:page");
    assertEquals(await telemetry.nameOf(app, "/api/x", { method: "OPTIONS" }), "OPTIONS /api/*");
  },
);

testWith(["env"], "the app sees its routes and handlers unchanged", async () => {
  await using _telemetry = startTelemetry();
  const last = async (_: Context, next: Next) => await next();
  let seen: unknown[] = [];
  const app = new Hono().use(httpInstrumentation())
    .use(async (c, next) => {
      seen = matchedRoutes(c).map(({ handler }) => handler);
      await next();
    })
    .use(last);
  await app.request("/nowhere");
  assertEquals(seen.at(-1), last);
  assertEquals(app.routes.at(-1)?.handler, last);
});

testWith(["env"], "instrumentHono() also instruments the presets", async () => {
  await using telemetry = startTelemetry();
  using _ = instrumentHono();
  for (const Class of Object.values(CLASSES)) {
    const app = new Class().get("/items/:id", (c) => c.text("item"));
    assertEquals(await telemetry.nameOf(app, "/items/1"), "GET /items/:id");
  }
});
