import { assertEquals } from "@std/assert";
import { namesThatFit } from "../../../lib/telemetry/configuration/name_patterns.ts";

Deno.test("namesThatFit() supports wildcards, and matches everything else literally", () => {
  const rows: [patterns: string[], name: string, fits: boolean][] = [
    [["http.*"], "http.route", true],
    [["http.*"], "http.", true],
    [["http.*"], "http-x", false],
    [["http.route"], "http-route", false],
    [["a", "b*"], "bc", true],
    [["h?tp"], "http", true],
    [["h?tp"], "htp", false],
    [["h?tp"], "HTTP", false],
    [["*"], "", true],
    [["*.*"], "a.b", true],
    [["a**b?"], "a--bc", true],
    [["(a|b)[c]"], "(a|b)[c]", true],
    [["(a|b)[c]*"], "ac", false],
    [["?"], "😀", true],
    [["__proto__"], "__proto__", true],
  ];
  for (const [patterns, name, fits] of rows) {
    assertEquals(namesThatFit(patterns)(name), fits, `${patterns} and ${name}`);
  }
});
