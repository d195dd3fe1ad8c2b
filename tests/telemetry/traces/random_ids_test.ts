import { isValidSpanId, isValidTraceId } from "@opentelemetry/api";
import { assert, assertEquals } from "@std/assert";
import { RandomIds } from "../../../lib/telemetry/traces/random_ids.ts";

Deno.test("RandomIds creates valid IDs, and none twice", () => {
  const ids = new RandomIds();
  const made = new Set<string>();
  for (let i = 0; i < 1000; i++) {
    const traceId = ids.generateTraceId();
    const spanId = ids.generateSpanId();
    assert(isValidTraceId(traceId), traceId);
    assert(isValidSpanId(spanId), spanId);
    made.add(traceId).add(spanId);
  }
  assertEquals(made.size, 2000);
});

Deno.test("RandomIds creates no all-zero ID, whatever the random numbers", () => {
  let calls = 0;
  const ids = new RandomIds((bytes) => bytes.fill(++calls === 1 ? 0 : 0xab));
  assertEquals(ids.generateSpanId(), "ab".repeat(8));
  assertEquals(ids.generateTraceId(), "ab".repeat(16));
  assertEquals(calls, 2);
});
