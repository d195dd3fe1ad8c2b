import { assertEquals } from "@std/assert";
import { allocateBytes, LARGE_BYTES } from "../../../../lib/large_bytes.ts";
import { MemorySegments } from "../../../../lib/collector/store/segments/memory_segments.ts";

const MIB = 2 ** 20;

Deno.test("MemorySegments stores segments of any length, large ones without copying", () => {
  const segments = new MemorySegments(256 * MIB);
  const lengths = [10, 40 * MIB, 2 * MIB, 32 * MIB, 20];
  lengths.forEach((length, i) => {
    const bytes = allocateBytes(length).fill(i + 1);
    segments.append(bytes);
    assertEquals(bytes.buffer.detached, length >= LARGE_BYTES);
  });
  lengths.forEach((length, i) => {
    const bytes = segments.read(i);
    assertEquals([bytes.length, bytes[0], bytes.at(-1)], [length, i + 1, i + 1]);
  });
  const keptBytes = segments.byteLength;
  segments.shift();
  segments.shift();
  assertEquals(keptBytes - segments.byteLength >= 40 * MIB, true);
  assertEquals([segments.first, segments.read(2)[0], segments.read(4)[0]], [2, 3, 5]);
  segments.clear();
  assertEquals([segments.byteLength, segments.first, segments.end], [0, 5, 5]);
});
