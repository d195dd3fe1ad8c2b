import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DATA_NOTE, quoted, render } from "../../lib/mcp/answer.ts";

Deno.test("quoted() is JSON on one line without invisible characters", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
    const shown = quoted(text, 1_000);
    assertEquals(JSON.parse(shown), text);
    assert(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(shown));
  }));
});

Deno.test("quoted() cuts long texts and says how much is missing", () => {
  assertEquals(quoted("a".repeat(12), 10), `"${"a".repeat(10)}…" (2 more characters)`);
});

Deno.test("render() never exceeds the size, and counts each line that is left out", () => {
  const sections = fc.array(
    fc.record({
      title: fc.string({ maxLength: 30 }),
      lines: fc.array(fc.string({ maxLength: 200 }).map((text) => text.replaceAll("\n", " "))),
    }),
    { maxLength: 6 },
  );
  fc.assert(fc.property(sections, fc.integer({ min: 400, max: 3_000 }), (given, tokens) => {
    const text = render(given, tokens);
    assert(text.startsWith(DATA_NOTE));
    assert(text.length <= tokens * 3, `${text.length} of ${tokens * 3}`);
  }));
});
