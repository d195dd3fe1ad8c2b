import { assertEquals, assertMatch } from "@std/assert";
import { evaluate } from "../../../lib/workshop/conditions/evaluate.ts";
import type { CheckContext } from "../../../lib/workshop/conditions/outcome.ts";
import type { Check } from "../../../lib/workshop/course/check.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { contextOf, startFakeBackends } from "../../helpers/workshop_backends.ts";

async function look(check: Check, given: Partial<CheckContext> = {}) {
  await using fake = startFakeBackends();
  const condition = { id: "c", says: "It is so", fails: {}, check };
  return await evaluate(condition, contextOf(fake, given));
}

testWith(["net"], "an http condition sends requests to the tool that it names", async () => {
  const path = "/api/v3/services";
  const jaeger = await look({ kind: "http", tool: "jaeger", path, status: 200 });
  assertEquals(jaeger.evidence?.text, `Jaeger answered ${path} with 200`);
  const zipkin = await look({ kind: "http", tool: "zipkin", path: "/nowhere", status: 200 });
  assertEquals(zipkin.reason, "wrong-status");
  assertMatch(zipkin.found, /^Zipkin answered \/nowhere with 404/);
});

testWith(["net", "run", "read"], "a port condition finds a port by its owner", async () => {
  const free = await look({ kind: "port", port: "app", is: "free" });
  assertEquals(free.state, "passed");
  for (const port of ["otlp-http", "otlp-grpc"] as const) {
    assertEquals((await look({ kind: "port", port, is: "open" })).state, "passed");
    assertEquals((await look({ kind: "port", port, is: "free" })).reason, "taken");
  }
});

testWith(
  ["net", "read", "write"],
  "a file condition reads a Collector's configuration",
  async () => {
    await withFolder(async (folder) => {
      const check = {
        kind: "file",
        path: "c.yaml",
        exists: true,
        valid: "collector-config",
      } as const;
      assertEquals((await look(check, { folder })).reason, "missing");
      await Deno.writeTextFile(`${folder}/c.yaml`, "receivers: {}");
      const { reason, found } = await look(check, { folder });
      assertEquals([reason, found], ["invalid", "there is no pipeline under service"]);
      const good = {
        receivers: { otlp: { protocols: { grpc: null } } },
        exporters: { debug: null },
      };
      const pipelines = { traces: { receivers: ["otlp"], exporters: ["debug"] } };
      const text = JSON.stringify({ ...good, service: { pipelines } });
      await Deno.writeTextFile(`${folder}/c.yaml`, text);
      assertEquals((await look(check, { folder })).state, "passed");
    });
  },
);
