import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { PointRows } from "../../../../lib/collector/store/index/point_rows.ts";

Deno.test("the rows of points behave like a list", () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant("push") },
    { weight: 2, arbitrary: fc.constant("shift") },
    { weight: 1, arbitrary: fc.nat() },
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 2000, size: "max" }), (steps) => {
    const rows = new PointRows();
    const list: number[] = [];
    steps.forEach((step, row) => {
      if (step === "push") {
        rows.push(row);
        list.push(row);
      } else if (list.length === 0) return;
      else if (step === "shift") assertEquals(rows.shift(), list.shift());
      else rows.remove(list.splice(Number(step) % list.length, 1)[0]!);
      assertEquals(rows.length, list.length);
      if (list.length > 0) assertEquals(rows.last, list.at(-1));
    });
    assertEquals(rows.toArray(), list);
  }));
});

Deno.test("the oldest of many rows are removed in order", () => {
  const rows = new PointRows();
  for (let row = 0; row < 1000; row++) rows.push(row);
  for (let row = 0; row < 999; row++) assertEquals(rows.shift(), row);
  assertEquals(rows.toArray(), [999]);
});
