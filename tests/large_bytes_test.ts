import { assertEquals } from "@std/assert";
import { allocateBytes, freeBytes, LARGE_BYTES, resizeBytes } from "../lib/large_bytes.ts";

Deno.test("resizeBytes() keeps the bytes, whichever memory they are in before and after", () => {
  const lengths = [0, 1, 1000, LARGE_BYTES - 1, LARGE_BYTES, 3 * LARGE_BYTES];
  for (const before of lengths) {
    for (const after of lengths) {
      const bytes = allocateBytes(before).fill(7);
      const resized = resizeBytes(bytes, after);
      const kept = Math.min(before, after);
      assertEquals([resized.length, resized.buffer.byteLength], [after, after]);
      assertEquals(resized.subarray(0, kept).every((byte) => byte === 7), true);
      assertEquals(resized.subarray(kept).every((byte) => byte === 0), true);
    }
  }
});

Deno.test("large bytes grow in place", () => {
  const bytes = resizeBytes(new Uint8Array(10), LARGE_BYTES);
  const grown = resizeBytes(bytes, 40 * LARGE_BYTES);
  assertEquals(grown.buffer === bytes.buffer, true);
});

Deno.test("freeBytes() frees the memory of any bytes, once", () => {
  for (const length of [0, 10, LARGE_BYTES]) {
    const bytes = allocateBytes(length, 2 * length);
    freeBytes(bytes);
    freeBytes(bytes);
    assertEquals([bytes.length, bytes.buffer.detached], [0, true]);
  }
});
