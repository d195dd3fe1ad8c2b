import { assert, assertEquals } from "@std/assert";
import { testWith } from "./helpers/needs.ts";
import { readSources } from "./helpers/sources.ts";

/** Expressions that only see texts of limited length, with the reason. */
const BOUNDED: ReadonlyMap<string, string> = new Map([
  ["/\\B(?=(\\d{3})+$)/g", "a number has few digits"],
  ["/\\s+and\\s+/", "the search of the Zipkin API is cut before"],
]);

/** A regular-expression literal where one can begin; false matches don't compile. */
const LITERAL =
  /(?<=[=(,:&|!?[{};\s>])\/(?![*/])((?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g;

const COMMENT = /^\s*(?:\/\/|\*|\/\*\*).*$/gm;

/** Parts to repeat, so that an expression that can match them in several ways has to try them all. */
const PARTS = [
  ...[" ", "\n", "\t", "\r", "\u00e9", "a", "A", "0", "a0", "f-", "-", "_", "=", ".", ",", ":"],
  ...["/", "\\", "'", '"', "`", "@", "<", "(", "[", "{", "a=", 'a="', "a/", "a@", "a.a@", "1m"],
  ...["1.", "1,", ":1", ":1:1", "(a", "[a", "<a", "${", "${a", "** ", "**a ", "at ", "\nat "],
  ...["at a:1", "&sig=", "https://a", "certificate", "client error (a", "00-", "_a", "a b"],
  "-----BEGIN CERTIFICATE-----",
];

/** Text after the repetition, so that a long match fails at the end. */
const ENDS = ["", "\n!"];

const LENGTH = 20_000;

/**
 * An expression that takes one step per character needs a thousandth of this; one that takes one step per
 * pair needs far more.
 */
const PATIENCE_MS = 200;

testWith(["read"], "no expression takes more than linear time over a hostile text", async () => {
  const texts = PARTS.flatMap((part) =>
    ENDS.map((end) => part.repeat(Math.ceil(LENGTH / part.length)) + end)
  );
  const slow: string[] = [];
  let count = 0;
  for await (const { file, source } of readSources("lib/")) {
    const code = source.replace(COMMENT, "");
    for (const [literal, pattern = "", flags = ""] of code.matchAll(LITERAL)) {
      const expression = compile(pattern, flags);
      if (!expression || BOUNDED.has(literal)) continue;
      count++;
      const text = texts.find((text) => isSlow(expression, text));
      if (text !== undefined) slow.push(`${file} ${literal} ${JSON.stringify(text.slice(0, 30))}`);
    }
  }
  assertEquals(slow, []);
  assert(count > 200, `only ${count} expressions were found`);
});

Deno.test("isSlow() detects an expression that backtracks", () => {
  assert(isSlow(/\s+and/g, " ".repeat(2 * LENGTH)));
  assert(!isSlow(/^a+$/, `${"a".repeat(LENGTH)}!`));
});

/** Whether every run is slow, which rules out other load on the machine. */
function isSlow(expression: RegExp, text: string): boolean {
  return [1, 2, 3, 4, 5].every(() => millisOf(expression, text) > PATIENCE_MS);
}

function millisOf(expression: RegExp, text: string): number {
  const start = performance.now();
  if (expression.global) { for (const _ of text.matchAll(expression)); }
  else expression.test(text);
  return performance.now() - start;
}

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}
