import { assertEquals } from "@std/assert";
import { completions } from "../../lib/page/views/traces/completion.ts";
import { queryOf } from "../../lib/page/views/traces/filter.ts";
import { appendTraces, updateTraces } from "../../lib/page/views/traces/merge.ts";
import { smallTrace } from "../helpers/page_traces.ts";

const [A, B, C] = [0, 1, 2].map((index) => smallTrace(index).summary) as [
  ReturnType<typeof smallTrace>["summary"],
  ReturnType<typeof smallTrace>["summary"],
  ReturnType<typeof smallTrace>["summary"],
];

Deno.test("updateTraces() changes what is shown and adds nothing", () => {
  const changed = { ...A, spanCount: 9 };
  assertEquals(updateTraces([B, A], [C, changed]), [B, changed]);
});

Deno.test("appendTraces() adds older traces once", () => {
  assertEquals(appendTraces([C, B], [B, A]), [C, B, A]);
});

Deno.test("queryOf() converts the parameters of older links to terms", () => {
  const params = new URLSearchParams(
    "service=my+shop&status=error&min_duration=1.5s&attribute=http.route=/a&attribute=http&q=x",
  );
  assertEquals(
    queryOf(params),
    'service:"my shop" duration>=1.5s status:error http.route:/a x',
  );
  assertEquals(queryOf(new URLSearchParams("status=ok")), "not status:error");
  assertEquals(queryOf(new URLSearchParams({ query: "a or b", q: "c d" })), 'a or b "c d"');
  assertEquals(queryOf(new URLSearchParams("span=a")), "");
});

Deno.test("completions() continue a query with fields, then with their values", () => {
  const attributes = [{ name: "http.route", values: ["/a", "/b c"] }, {
    name: "service.name",
    values: ["shop"],
  }];
  assertEquals(completions("ser", attributes), ["service:", "service.name="]);
  assertEquals(completions("x service:", attributes), ["x service:shop"]);
  assertEquals(completions("http.route=", attributes), ["http.route=/a", 'http.route="/b c"']);
  assertEquals(completions("(status:e", attributes), ["(status:unset", "(status:error"]);
  assertEquals(completions("x ", attributes), []);
  assertEquals(completions('"open text', attributes), []);
});
