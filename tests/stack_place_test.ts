import { assertEquals } from "@std/assert";
import { readStackPlace } from "../lib/stack_place.ts";

Deno.test("readStackPlace() reads the place of a frame, with and without a name", () => {
  for (
    const [frame, path, line] of [
      ["    at handler (file:///app/main.ts:9:3)", "file:///app/main.ts", "9"],
      ["at C:\\app\\main.ts:12:1", "C:\\app\\main.ts", "12"],
      ["at async Object.next (npm:/hono@4/x%20y.js:1:22)", "npm:/hono@4/x%20y.js", "1"],
    ] as const
  ) assertEquals(readStackPlace(frame), { path, line });
  for (const frame of ["", "Error: no", "at <anonymous>", "at :1:2", "(a:b:1)", "a:1:", ":", "("]) {
    assertEquals(readStackPlace(frame), undefined, frame);
  }
});
