import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseNamePattern } from "../../../lib/launcher/deno/parse_name_pattern.ts";
import { reviveNamePatterns } from "../../../lib/launcher/deno/preload/name_pattern.ts";

/** The pattern after serialization, as it is sent to a program. */
function sent(source: string) {
  const parsed = parseNamePattern(source);
  assert(parsed, source);
  return JSON.parse(JSON.stringify(parsed), reviveNamePatterns);
}

Deno.test("parseNamePattern() reads patterns for whole names, in any case", () => {
  for (
    const [source, matching, others] of [
      ["content-(type|length)", ["content-type", "content-length"], ["content-", "x-content-type"]],
      ["^X-[A-C\\d]+$", ["x-a", "x-b1"], ["x-", "x-d", "x-a-"]],
      ["x-.*?-(?:id|name)?", ["x-a-id", "x-a-b-"], ["x-id"]],
      ["[^a-z]*|a", ["", "-1", "a"], ["b", "-a"]],
      ["x\\.y|\\w+\\W\\w+", ["x.y", "a_b-c"], ["xyy", "a-"]],
    ] as const
  ) {
    const pattern = sent(source);
    for (const name of matching) assert(pattern.matches(name), `${source}: ${name}`);
    for (const name of others) assert(!pattern.matches(name), `${source}: ${name}`);
  }
});

Deno.test("parseNamePattern() rejects invalid patterns", () => {
  const refused = [
    "(?=x)y",
    "(a)\\1",
    "a{2}",
    "a**",
    "(a",
    "a)",
    "[a",
    "[b-a]",
    "a\\",
    "\\b",
    "a$b",
  ];
  for (const source of [...refused, "+", "a".repeat(201)]) {
    assertEquals(parseNamePattern(source), undefined, source);
  }
});

Deno.test("a pattern matches the names that JavaScript's own expression matches", () => {
  const { source } = fc.letrec<{ source: string }>((tie) => ({
    source: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\-"),
      fc.tuple(tie("source"), tie("source")).map(([one, two]) => one + two),
      fc.tuple(tie("source"), tie("source")).map(([one, two]) => `(${one}|${two})`),
      fc.tuple(tie("source"), fc.constantFrom("*", "+", "?", "*?"))
        .map(([one, quantifier]) => `(?:${one})${quantifier}`),
    ),
  }));
  const name = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 6 });
  fc.assert(fc.property(source, name, (source, name) => {
    if (source.length > 200) return;
    assertEquals(sent(source).matches(name), new RegExp(`^(?:${source})$`).test(name));
  }));
});

Deno.test("the time for a name is linear, whatever the pattern", () => {
  const pattern = sent(`${"(a|a)*".repeat(30)}b`);
  assertEquals(pattern.matches("a".repeat(10_000)), false);
});
