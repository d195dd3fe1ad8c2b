import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { readOpenRows, writeOpenRows } from "../../lib/page/views/trace/open_rows.ts";
import {
  panned,
  readWindow,
  shareOf,
  windowBetween,
  windowMarks,
  writeWindow,
  zoomed,
} from "../../lib/page/views/trace/time_window.ts";

const TOTAL = 1e9;
const MILLI = 1e6;

Deno.test("readWindow() reads what writeWindow() wrote, and takes anything else as the whole", () => {
  const window = windowBetween(200 * MILLI, 500 * MILLI, TOTAL);
  assertEquals(readWindow(writeWindow(window, TOTAL), TOTAL), window);
  assertEquals(writeWindow(windowBetween(0, TOTAL, TOTAL), TOTAL), "");
  for (const text of [null, "", "all", "5", "-5-10", "1-2-3", "1e9-2e9"]) {
    assertEquals(readWindow(text, TOTAL), { startNanos: 0, endNanos: TOTAL }, `${text}`);
  }
  assertEquals(readWindow("999-0", TOTAL), readWindow("0-1000", TOTAL), "not under a millionth");
  assertEquals(readWindow("0-10", 0), { startNanos: 0, endNanos: 1 }, "a trace without duration");
});

Deno.test("a window stays within the trace, however it is zoomed and panned", () => {
  const action = fc.record({
    factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
    share: fc.double({ min: -3, max: 3, noNaN: true }),
  });
  fc.assert(fc.property(fc.array(action), (actions) => {
    let window = readWindow(null, TOTAL);
    for (const { factor, share } of actions) {
      window = panned(zoomed(window, TOTAL, factor, window.startNanos), TOTAL, share);
      const isWithin = window.startNanos >= 0 && window.endNanos <= TOTAL + 1e-6;
      assertEquals([isWithin, window.endNanos - window.startNanos >= 999.99], [true, true]);
    }
  }));
});

Deno.test("zoomed() keeps the time under the pointer in its place", () => {
  const window = windowBetween(200 * MILLI, 600 * MILLI, TOTAL);
  const closer = zoomed(window, TOTAL, 2, 300 * MILLI);
  assertEquals(closer, { startNanos: 250 * MILLI, endNanos: 450 * MILLI });
  assertEquals(shareOf(300 * MILLI, closer), shareOf(300 * MILLI, window));
});

Deno.test("windowMarks() labels the visible time with enough digits", () => {
  const texts = (start: number, end: number) =>
    windowMarks({ startNanos: start, endNanos: end }, 5).map(({ text }) => text);
  assertEquals(texts(0, 2.48e9), ["0", "500 ms", "1 s", "1.5 s", "2 s"]);
  assertEquals(texts(1.2301e9, 1.2306e9), [
    "1.2301 s",
    "1.2302 s",
    "1.2303 s",
    "1.2304 s",
    "1.2305 s",
    "1.2306 s",
  ]);
});

Deno.test("readOpenRows() reads what writeOpenRows() wrote", () => {
  for (const text of ["", "open", "closed.a1", "some.a1.b2*"]) {
    assertEquals(writeOpenRows(readOpenRows(text)), text);
  }
  assertEquals(readOpenRows("some.a1.b2*"), { all: undefined, changed: new Set(["a1", "b2*"]) });
  const many = { all: undefined, changed: new Set(Array.from({ length: 300 }, (_, i) => `${i}`)) };
  assertEquals(readOpenRows(writeOpenRows(many)).changed.size, 200);
});
