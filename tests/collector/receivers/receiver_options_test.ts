import { assertEquals } from "@std/assert";
import { limitsOf } from "../../../lib/collector/receivers/receiver_options.ts";

const MIB = 2 ** 20;

Deno.test("limitsOf() lets a request take a quarter of the store", () => {
  const limits = (maxBytes: number) => {
    const { maxBodyBytes, maxPendingBytes } = limitsOf({ maxBytes });
    return [maxBodyBytes / MIB, maxPendingBytes / MIB];
  };
  assertEquals(limits(2 ** 30), [64, 32]);
  assertEquals(limits(256 * MIB), [64, 32]);
  assertEquals(limits(64 * MIB), [16, 8]);
  // An exporter's requests fit into any store.
  assertEquals(limits(MIB), [4, 2]);
});
