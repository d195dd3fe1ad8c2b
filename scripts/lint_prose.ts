/**
 * Checks the documentation like an editor: grammar with Harper, and words and phrases with the style guide in
 * `prose/style.yaml`. Prints the findings; exits with 1 if there are any.
 *
 *     deno run -P=build scripts/lint_prose.ts [FILE...]
 */
import type { Finding } from "./prose/finding.ts";
import { placeOf } from "./prose/finding.ts";
import { createGrammarChecker } from "./prose/grammar.ts";
import { proseOf } from "./prose/markdown_prose.ts";
import { readStyle, type StyleRule } from "./prose/style.ts";

const ROOT = new URL("../", import.meta.url);
const STYLE = new URL("prose/style.yaml", import.meta.url);

/** The style findings in a text, in order. */
export function checkStyle(markdown: string, rules: readonly StyleRule[]): Finding[] {
  const prose = proseOf(markdown);
  return rules.flatMap(({ find, use }) =>
    [...prose.matchAll(find)].map(({ 0: text, index }) => ({
      ...placeOf(prose, index),
      text,
      message: `Write ${use}`,
    }))
  ).sort((a, b) => a.line - b.line || a.column - b.column);
}

function report(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

async function markdownFiles(): Promise<string[]> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
    cwd: ROOT,
  }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((path) => path !== "");
}

if (import.meta.main) {
  const files = Deno.args.length > 0 ? Deno.args : await markdownFiles();
  const rules = readStyle(await Deno.readTextFile(STYLE));
  const grammar = await createGrammarChecker();
  let count = 0;
  for (const file of files) {
    const markdown = await Deno.readTextFile(new URL(file, ROOT));
    for (const finding of [...checkStyle(markdown, rules), ...await grammar.check(markdown)]) {
      const { line, column, text, message } = finding;
      const shown = text.replaceAll(/\s+/g, " ");
      report(`${file}:${line}:${column} "${shown}": ${message}`);
      count++;
    }
  }
  if (count > 0) Deno.exit(1);
}
