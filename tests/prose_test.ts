import { assertEquals } from "@std/assert";
import { checkLiterals, checkStyle } from "../scripts/lint_prose.ts";
import { proseOf } from "../scripts/prose/markdown_prose.ts";
import { readStyle } from "../scripts/prose/style.ts";

// cspell:ignore utili
const RULES = readStyle(
  '- { find: "utili[sz]es?", use: "use" }\n- { find: "for who", use: "whom" }',
);

Deno.test("checkStyle() names each phrase with its place and what to write", () => {
  assertEquals(checkStyle("One.\n\nIt Utilizes a thing, for who\nneeds it.", RULES), [
    { line: 3, column: 4, text: "Utilizes", message: "Write use" },
    { line: 3, column: 22, text: "for who", message: "Write whom" },
  ]);
});

Deno.test("checkStyle() matches whole words, and leaves code and addresses alone", () => {
  const text = [
    "`utilize` and ``for who``, reutilizes, utilize-it",
    "",
    "```sh",
    "utilize",
    "```",
    "",
    "[link](https://example.com/utilize) <https://example.com/utilize>",
    "<!-- utilize -->",
  ].join("\n");
  assertEquals(checkStyle(text, RULES), []);
});

Deno.test("proseOf() keeps every line and column", () => {
  const text = "a `b` c\n\n~~~\ncode\n~~~\n[d](e.md) <kbd>f</kbd>\n";
  const prose = proseOf(text);
  assertEquals(
    prose.split("\n").map((line) => line.length),
    text.split("\n").map((line) => line.length),
  );
  assertEquals(prose.match(/\w+/g), ["a", "c", "d", "f"]);
});

Deno.test("checkLiterals() reads strings and templates, and leaves comments, names and code alone", () => {
  const source = [
    "// for who",
    'const help = "for who reads"; /* utilize it */',
    "const text = `It ${utilize('a b')} utilizes ${ { utilize } }`;",
    "const name = 'utilize', other = 'it''s', more = 'it does utilize';",
  ].join("\n");
  assertEquals(checkLiterals(source, RULES).map(({ line, column, text }) => [line, column, text]), [
    [2, 15, "for who"],
    [3, 36, "utilizes"],
    [4, 58, "utilize"],
  ]);
});
