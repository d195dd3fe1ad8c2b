import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { LinearPattern, PatternError } from "../lib/linear_pattern.ts";

Deno.test("LinearPattern matches the whole text, including line breaks", () => {
  for (
    const [source, text, expected] of [
      ["sh.*|x", "shop", true],
      ["ho", "shop", false],
      ["a|b", "ab", false],
      ["a.b", "a\nb", true],
      ["^a$", "a", true],
      ["", "", true],
      ["\\pL+", "größe", true],
      ["[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", true],
    ] as const
  ) assertEquals(new LinearPattern(source).matches(text), expected, source);
  assert(new LinearPattern("X-.*", { ignoresCase: true }).matches("x-tenant"));
});

Deno.test("LinearPattern quickly matches what takes JavaScript forever", () => {
  const text = "a".repeat(100_000) + "!";
  for (const source of ["(a+)+$", "(a|aa)+", "(.*)*b", "(\\w+\\s?)+", "(a?){30}a{30}"]) {
    assertEquals(new LinearPattern(source).matches(text), false, source);
  }
});

Deno.test("LinearPattern rejects patterns that are invalid in RE2 or too large", () => {
  for (
    const [source, reason] of [
      ["(", /missing/],
      ["(?=a)", /Perl syntax/],
      ["(a)\\1", /escape/],
      ["a".repeat(1001), /too large/],
      ["(\\pL?){1000}".repeat(50), /too large/],
      ["(\\pL?){1000}(\\pL?){1000}", /too large/],
      ["((a{10}){10}){100}", /repeat/],
    ] as const
  ) {
    const error = assertThrows(() => new LinearPattern(source), PatternError);
    assertMatch(error.message, reason);
  }
});
