import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { instrumentHono } from "../../lib/instrumentation/hono.ts";
import { startMemoryTelemetry } from "../helpers/memory.ts";
import { testWith } from "../helpers/needs.ts";

testWith(["env"], "instrumentHono() instruments apps that are created later", async () => {
  await using telemetry = startMemoryTelemetry();
  const before = new Hono().get("/before", (c) => c.text("before"));
  const instrumentation = instrumentHono();
  const during = new Hono().get("/during/:id", (c) => c.text("during"));
  instrumentation[Symbol.dispose]();
  const after = new Hono().get("/after", (c) => c.text("after"));

  assertEquals(await (await before.request("/before")).text(), "before");
  assertEquals(await (await during.request("/during/1")).text(), "during");
  assertEquals(await (await after.request("/after")).text(), "after");
  const names = telemetry.spans.map((span) => span.name);
  assertEquals(names, ["GET /during/:id"]);
});

testWith(["env"], "instrumentHono() records a request through sub-apps once", async () => {
  await using telemetry = startMemoryTelemetry();
  using _ = instrumentHono();
  const api = new Hono().get("/items/:id", (c) => c.text("item"));
  const app = new Hono().basePath("/v1").route("/api", api);
  assertEquals((await app.request("/v1/api/items/1")).status, 200);
  const names = telemetry.spans.map((span) => span.name);
  assertEquals(names, ["GET /v1/api/items/:id"]);
});

testWith(["env"], "instrumentHono() keeps the options of an app", async () => {
  await using _telemetry = startMemoryTelemetry();
  using _ = instrumentHono();
  const app = new Hono({ strict: false }).get("/a", (c) => c.text("a"));
  assertEquals(app instanceof Hono, true);
  assertEquals((await app.request("/a/")).status, 200);
  assertEquals(Object.keys(new Hono()).includes("router"), true);
});
