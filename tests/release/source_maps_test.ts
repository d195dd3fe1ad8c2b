import { decode, encode } from "@jridgewell/sourcemap-codec";
import { assertEquals } from "@std/assert";
import { slimMappings } from "../../scripts/program/source_maps.ts";

Deno.test("slimMappings() keeps as much of each source as its detail says", () => {
  const mappings = encode([
    [[0, 0, 7, 0, 3], [4, 0, 7, 9], [8, 0, 8, 2], [9], [10], [12, 1, 0, 0, 1], [15, 1, 0, 5]],
    [[0, 1, 0, 5], [3, 2, 0, 0], [6, 2, 1, 0], [9, 0, 4, 0]],
  ]);
  assertEquals(decode(slimMappings(mappings, ["lines", "columns", "none"])), [
    [[0, 0, 7, 0], [8, 0, 8, 2], [9], [12, 1, 0, 0], [15, 1, 0, 5]],
    [[0, 1, 0, 5], [3], [9, 0, 4, 0]],
  ]);
});
