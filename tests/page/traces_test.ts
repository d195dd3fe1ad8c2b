import { assertEquals } from "@std/assert";
import { isFiltered, toParams } from "../../lib/page/views/traces/filter.ts";
import { appendTraces, mergeTraces, updateTraces } from "../../lib/page/views/traces/merge.ts";
import { smallTrace } from "../helpers/page_traces.ts";

const [A, B, C] = [0, 1, 2].map((index) => smallTrace(index).summary) as [
  ReturnType<typeof smallTrace>["summary"],
  ReturnType<typeof smallTrace>["summary"],
  ReturnType<typeof smallTrace>["summary"],
];

Deno.test("mergeTraces() puts new traces on top and changed ones in their place", () => {
  const changed = { ...B, spanCount: 9 };
  assertEquals(mergeTraces([B, A], [C, changed]), [C, changed, A]);
  assertEquals(mergeTraces([], [B, A]), [B, A]);
});

Deno.test("updateTraces() changes what is shown and adds nothing", () => {
  const changed = { ...A, spanCount: 9 };
  assertEquals(updateTraces([B, A], [C, changed]), [B, changed]);
});

Deno.test("appendTraces() adds older traces once", () => {
  assertEquals(appendTraces([C, B], [B, A]), [C, B, A]);
});

Deno.test("toParams() leaves out what is typed by half", () => {
  const params = new URLSearchParams(
    "service=shop&status=error&min_duration=1.5s&attribute=http.route=/a&attribute=http&q=x",
  );
  assertEquals(toParams(params), {
    service: "shop",
    operation: undefined,
    status: "error",
    min_duration: "1500000000ns",
    attribute: ["http.route=/a"],
    q: "x",
  });
  assertEquals(toParams(new URLSearchParams("min_duration=1x")).min_duration, undefined);
  assertEquals(isFiltered(new URLSearchParams("q=a")), true);
  assertEquals(isFiltered(new URLSearchParams("span=a")), false);
});
