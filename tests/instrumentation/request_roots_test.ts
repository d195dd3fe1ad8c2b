import { context, propagation, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { instrumentHono } from "../../lib/instrumentation/hono.ts";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { type MemoryTelemetry, startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";
import { within } from "../helpers/patience.ts";

/** Ways to instrument an app. */
const WAYS: Record<string, () => Hono> = {
  "httpInstrumentation()": () => new Hono().use(httpInstrumentation()),
  "instrumentHono()": () => {
    using _ = instrumentHono();
    return new Hono();
  },
};

let modules = 0;

/** Loads a module that hasn't been loaded before. */
function importLazily(): Promise<unknown> {
  return import(`data:text/javascript,export default ${Date.now() + modules++}`);
}

/** Checks that each span is the root of its own trace. */
function assertRoots({ spans }: MemoryTelemetry, names: string[]): void {
  assertEquals(spans.map(({ name }) => name).toSorted(), names.toSorted());
  assertEquals(spans.map(({ parentSpanContext }) => parentSpanContext), names.map(() => undefined));
  assertEquals(new Set(spans.map((span) => span.spanContext().traceId)).size, names.length);
}

for (const [way, create] of Object.entries(WAYS)) {
  testWith(["env", "net"], `${way}: each request is a trace, whatever was imported`, async () => {
    await using telemetry = startMemoryTelemetry();
    const app = create();
    app.get("/lazy", async (c) => {
      await importLazily();
      return c.text("lazy");
    });
    app.get("/", (c) => c.text("hello"));
    await using server = serve(app);
    for (const path of ["/", "/lazy", "/", "/lazy", "/"]) await server.get(path);
    assertRoots(telemetry, ["GET /", "GET /lazy", "GET /", "GET /lazy", "GET /"]);
  });

  testWith(["env", "net"], `${way}: so is one that arrives while another one imports`, async () => {
    await using telemetry = startMemoryTelemetry();
    const imported = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const app = create();
    app.get("/lazy", async (c) => {
      await importLazily();
      imported.resolve();
      await mayEnd.promise;
      return c.text("lazy");
    });
    app.get("/", (c) => c.text("hello"));
    await using server = serve(app);
    const lazy = server.get("/lazy");
    await within(imported.promise, "the import of a route");
    await server.get("/");
    mayEnd.resolve();
    await lazy;
    assertRoots(telemetry, ["GET /", "GET /lazy"]);
  });
}

testWith(["env"], "httpInstrumentation() ignores the active context", async () => {
  await using telemetry = startMemoryTelemetry();
  const app = WAYS["httpInstrumentation()"]!().get("/", (c) => c.text("hello"));
  await trace.getTracer("test").startActiveSpan("outer", async (outer) => {
    await app.request("/");
    await context.with(suppressTracing(context.active()), () => app.request("/"));
    outer.end();
  });
  assertRoots(telemetry, ["GET /", "GET /", "outer"]);
});

testWith(["env"], "a call within the process propagates its context in headers", async () => {
  await using telemetry = startMemoryTelemetry();
  const app = WAYS["httpInstrumentation()"]!();
  app.get("/inner", (c) => c.text("inner"));
  app.get("/outer", async () => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    return await app.request("/inner", { headers });
  });
  await app.request("/outer");
  const [inner, outer] = telemetry.spans;
  assertEquals([inner?.name, outer?.name], ["GET /inner", "GET /outer"]);
  assertEquals(inner?.parentSpanContext?.spanId, outer?.spanContext().spanId);
});

/** Serves the app. Requests are made in the root context, like requests from other processes. */
function serve(app: Hono) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.fetch);
  return {
    async get(path: string): Promise<void> {
      const url = `http://127.0.0.1:${server.addr.port}${path}`;
      await context.with(ROOT_CONTEXT, async () => await (await fetch(url)).text());
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
