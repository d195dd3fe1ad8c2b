/**
 * Checks texts like an editor. Documentation: grammar with Harper, and words and phrases with the style guide
 * in `prose/style.yaml`. The workshop's YAML and the string literals of the program: words and phrases only.
 * Prints the findings; exits with 1 if there are any.
 *
 *     deno run -P=build scripts/lint_prose.ts [FILE...]
 */
import { literalsOf } from "./prose/code_prose.ts";
import type { Finding } from "./prose/finding.ts";
import { placeOf } from "./prose/finding.ts";
import { createGrammarChecker } from "./prose/grammar.ts";
import { proseOf } from "./prose/markdown_prose.ts";
import { readStyle, type StyleRule } from "./prose/style.ts";

const ROOT = new URL("../", import.meta.url);
const PATTERNS = ["*.md", "apps/*.ts", "lib/*.ts", "lib/*.tsx", "lib/workshop/*.yaml"];
const STYLE = new URL("prose/style.yaml", import.meta.url);

/** The style findings in a Markdown text, in order. */
export function checkStyle(markdown: string, rules: readonly StyleRule[]): Finding[] {
  return checkProse(proseOf(markdown), rules);
}

/** The style findings in the string literals of TypeScript, in order. */
export function checkLiterals(source: string, rules: readonly StyleRule[]): Finding[] {
  return checkProse(literalsOf(source), rules);
}

function checkProse(prose: string, rules: readonly StyleRule[]): Finding[] {
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

/** Documentation, and files of the program with texts for users. */
async function filesWithTexts(): Promise<string[]> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "--cached", "--others", "--exclude-standard", ...PATTERNS],
    cwd: ROOT,
  }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((path) => path !== "");
}

if (import.meta.main) {
  const files = Deno.args.length > 0 ? Deno.args : await filesWithTexts();
  const rules = readStyle(await Deno.readTextFile(STYLE));
  const grammar = await createGrammarChecker();
  const check = async (file: string): Promise<Finding[]> => {
    const text = await Deno.readTextFile(new URL(file, ROOT));
    if (/\.tsx?$/.test(file)) return checkLiterals(text, rules);
    const style = checkStyle(text, rules);
    return file.endsWith(".md") ? [...style, ...await grammar.check(text)] : style;
  };
  let count = 0;
  for (const file of files) {
    for (const finding of await check(file)) {
      const { line, column, text, message } = finding;
      const shown = text.replaceAll(/\s+/g, " ");
      report(`${file}:${line}:${column} "${shown}": ${message}`);
      count++;
    }
  }
  if (count > 0) Deno.exit(1);
}
