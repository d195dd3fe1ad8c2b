import { assertEquals, assertRejects } from "@std/assert";
import { StoreUnavailableError } from "../../lib/collector/store/store.ts";
import { createIntake } from "../../lib/lab/intake.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import { encodeMessage } from "../../lib/otlp/encode.ts";

const REQUEST = encodeMessage("TracesData", {
  resourceSpans: [{ scopeSpans: [{ spans: [{ name: "a" }, { name: "b" }] }] }],
});

function harness(full: string[] = []) {
  const taken: string[] = [];
  const exporter = (id: string) => ({
    isFull: () => full.includes(id),
    take: (signal: string, _: Uint8Array, count: number) => taken.push(`${id} ${signal} ${count}`),
  });
  const exporters = new Map(["a", "b"].map((id) => [id, exporter(id)]));
  const pipeline = { signal: "traces" as const, receivers: ["otlp"], processors: [] };
  const intake = createIntake([
    { ...pipeline, exporters: ["a"] },
    { ...pipeline, exporters: ["b", "a"] },
  ], exporters);
  return { taken, intake };
}

Deno.test("the intake passes a request through all pipelines of its signal", async () => {
  const { taken, intake } = harness();
  assertEquals((await intake.add("traces", REQUEST)).accepted, 2);
  assertEquals(taken, ["a traces 2", "b traces 2", "a traces 2"]);
});

Deno.test("the intake refuses a request before any exporter has it if a queue is full", async () => {
  const { taken, intake } = harness(["b"]);
  await assertRejects(
    () => intake.add("traces", REQUEST),
    StoreUnavailableError,
    "the sending queue of b is full",
  );
  assertEquals(taken, []);
});

Deno.test("the intake rejects items without a pipeline, and what is no request", async () => {
  const { intake } = harness();
  const { accepted, rejected, message } = await intake.add("logs", encodeMessage("LogsData", {}));
  assertEquals([accepted, rejected, message], [0, 0, "there is no pipeline for logs"]);
  await assertRejects(() => intake.add("traces", Uint8Array.of(10, 99)), MalformedError);
});
