import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import type { TraceDetail, TraceList, TraceSummary } from "../../../lib/collector/model.ts";
import type { Canvas } from "../../../lib/cli/screen/page.ts";
import { widthOf } from "../../../lib/cli/terminal/text.ts";
import { frame, press } from "../../../lib/cli/top/press.ts";
import { firstState, type TopState } from "../../../lib/cli/top/state.ts";
import type { OpenRows } from "../../../lib/trace/rows.ts";
import { readTrace } from "../../../lib/trace/spans.ts";
import { buildTree } from "../../../lib/trace/tree.ts";
import { hostileTrace, shopTrace } from "../../helpers/page_traces.ts";

const CANVAS: Canvas = { columns: 80, rows: 24, isColored: false, now: 1_700_000_000_000 };
const SIZES = [[80, 24], [120, 40], [40, 12], [30, 10]] as const;
const KEYS = [
  "up",
  "down",
  "left",
  "right",
  "home",
  "end",
  "pagedown",
  "return",
  "escape",
  "space",
  "e",
  "l",
  "*",
  "/",
  "?",
  "x",
  "\x7f",
];

const HOSTILE = "\x1b[31m\u202ename\r\n";

function listed(count: number): TraceList {
  const traces = Array.from({ length: count }, (_, index): TraceSummary => ({
    traceId: String(index).padStart(32, "0"),
    startTimeUnixNano: `170000000${index % 10}000000000`,
    durationNanos: 1e6 * (index + 1),
    spanCount: index + 1,
    errorCount: index % 2,
    root: {
      spanId: "1",
      name: index === 0 ? HOSTILE : `GET /${index}`,
      serviceName: "shop",
      kind: 2,
    },
    hasRoot: index % 3 !== 0,
    services: [{ name: "shop", spanCount: 1, errorCount: 0 }],
  }));
  return { traces, matched: count, kept: count };
}

function withTrace(detail: TraceDetail): TopState {
  const trace = readTrace(detail.data);
  const roots = buildTree(trace.spans);
  const rows: OpenRows = { all: undefined, changed: new Set() };
  const open = { detail, trace, roots, rows, chosen: roots[0]!.spanId };
  return { ...firstState("http://localhost:4319", ""), list: listed(3), page: "trace", open };
}

/** The state after keys; effects are not carried out. */
function pressed(state: TopState, ...keys: string[]): TopState {
  return keys.reduce((state, key) => press(key, state, CANVAS).state, state);
}

const text = (state: TopState, canvas = CANVAS) => frame(state, canvas).join("\n");

Deno.test("frame() never exceeds the terminal, whatever the keys and the data", () => {
  const states = [
    firstState("http://localhost:4319", ""),
    { ...firstState("http://localhost:4319", "status:error"), list: listed(300) },
    withTrace(shopTrace()),
    withTrace(hostileTrace()),
  ];
  const keys = fc.array(fc.constantFrom(...KEYS), { maxLength: 30 });
  fc.assert(
    fc.property(fc.constantFrom(...states), keys, (start, keys) => {
      const state = pressed(start, ...keys);
      for (const [columns, rows] of SIZES) {
        const shown = frame(state, { ...CANVAS, columns, rows });
        assert(shown.length <= rows, `${shown.length} rows of ${rows} on ${state.page}`);
        for (const row of shown) {
          assert(widthOf(row) <= columns, `${widthOf(row)} of ${columns} columns: ${row}`);
          // deno-lint-ignore no-control-regex
          assert(!/[\x00-\x1f\x7f\u202e]/.test(row), JSON.stringify(row));
        }
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("press() selects and opens a trace", () => {
  const state = { ...firstState("http://localhost:4319", ""), list: listed(5) };
  const { effect } = press("return", pressed(state, "down", "j", "up"), CANVAS);
  assertEquals(effect, { open: "1".padStart(32, "0") });
  assertEquals(press("return", pressed(state, "end", "home"), CANVAS).effect, {
    open: "0".padStart(32, "0"),
  });
});

Deno.test("press() keeps the newest trace selected as others arrive, and any other where it is", () => {
  const before = listed(3);
  const state = { ...firstState("http://localhost:4319", ""), list: before };
  const newer = { ...listed(4), traces: listed(4).traces.toReversed() };
  assertEquals(press("return", { ...state, list: newer }, CANVAS).effect, {
    open: newer.traces[0]!.traceId,
  });
  const chosen = pressed(state, "down");
  assertEquals(press("return", { ...chosen, list: newer }, CANVAS).effect, {
    open: before.traces[1]!.traceId,
  });
});

Deno.test("press() reads a query, and says what is wrong with it", () => {
  const state = { ...firstState("http://localhost:4319", ""), list: listed(5) };
  const typing = pressed(state, "/", ..."status:err", "\x7f", "\x7f", "\x7f", ..."error");
  assertEquals(typing.input, "status:error");
  assertStringIncludes(text(typing), "status:error");
  const { state: found, effect } = press("return", typing, CANVAS);
  assertEquals([found.query, found.input, effect], ["status:error", undefined, { reload: true }]);
  const wrong = pressed(state, "/", ..."(a", "return");
  assertEquals(wrong.query, "");
  assertStringIncludes(text(wrong), "expected a closing parenthesis");
  assertEquals(pressed(state, "/", ..."abc", "escape").query, "");
  assertEquals(pressed(state, "/", "q", "?").input, "q?");
});

Deno.test("press() folds, steps through errors, and shows a span's details", () => {
  const state = withTrace(shopTrace());
  const all = text(state);
  const folded = pressed(state, "left");
  assert(text(folded).includes("▸") && text(folded).length < all.length * 2);
  assertEquals(text(pressed(folded, "right")), all);
  assertEquals(text(pressed(state, "*", "*")), all);
  const failed = pressed(state, "e");
  const isError = (state: TopState) =>
    state.open!.trace.spans.find(({ spanId }) => spanId === state.open!.chosen)!.isError;
  assertEquals(isError(failed), true);
  assertStringIncludes(text(pressed(failed, "return")), "Attributes");
  assertEquals(pressed(failed, "return", "escape", "escape").page, "traces");
});

Deno.test("e shows failed traces only, and all of them again", () => {
  const state = { ...firstState("http://localhost:4319", ""), list: listed(5) };
  assertEquals(pressed(state, "e").query, "status:error");
  assertEquals(pressed(state, "e", "e").query, "");
});
