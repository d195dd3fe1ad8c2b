/**
 * Conventions for running the tutorial's pages. Readers see ordinary Markdown.
 *
 * - ` ```sh `: runs until it exits, in the second terminal; must succeed.
 * - ` ```sh app `: starts in the first terminal; runs until the text says `<kbd>Ctrl-C</kbd>`.
 * - ` ```sh lab `: starts in a third terminal, instead of the program that runs there, if there is one.
 * - ` ```text ` after it: the block's whole output. ` ```text app `: what the first terminal printed next, and
 *   ` ```text lab ` the third.
 *   `...` stands for anything; alone on a line, for any number of lines.
 * - ` ```text promql `: a query that must have a result. ` ```text elsewhere ` isn't checked.
 * - `<!-- expect ... -->`: one line for each thing that the tools must show.
 * - ` ```ts FILE ` is that file; ` ```diff ` is a diff between two of the project's files.
 * - ` ```powershell ` is the previous block for another shell; it isn't run.
 */
export type Part =
  & { page: string; line: number }
  & (
    | { kind: "block"; language: string; role: string; text: string }
    | { kind: "expect"; lines: string[] }
    | { kind: "ctrl-c" }
  );

/** The folder of the tutorial. */
export const TUTORIAL = new URL("../../docs/tutorial/", import.meta.url);

/** The pages in reading order: the contents, then the numbered parts. */
export function readPages(): { name: string; text: string }[] {
  const names = [...Deno.readDirSync(TUTORIAL)].map(({ name }) => name);
  return names.filter((name) => name.endsWith(".md"))
    .sort((a, b) => Number(b === "README.md") - Number(a === "README.md") || (a < b ? -1 : 1))
    .map((name) => ({ name, text: Deno.readTextFileSync(new URL(name, TUTORIAL)) }));
}

/** The parts of a page to run or check, in order. */
export function readParts(page: string, text: string): Part[] {
  const parts: Part[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const at = { page, line: i + 1 };
    const fence = /^```(\w*) ?(.*)$/.exec(lines[i]!);
    if (fence) {
      const end = lines.indexOf("```", i + 1);
      const [, language = "", role = ""] = fence;
      parts.push({
        ...at,
        kind: "block",
        language,
        role,
        text: lines.slice(i + 1, end).join("\n"),
      });
      i = end;
    } else if (lines[i] === "<!-- expect") {
      const end = lines.indexOf("-->", i);
      parts.push({ ...at, kind: "expect", lines: lines.slice(i + 1, end) });
      i = end;
    } else if (lines[i]!.includes("<kbd>Ctrl-C</kbd>")) {
      parts.push({ ...at, kind: "ctrl-c" });
    }
  }
  return parts;
}

/** The anchors of a page's headings on GitHub. */
export function anchors(text: string): string[] {
  return [...text.replace(/^```[^]*?^```$/gm, "").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  );
}

/** A pattern for an expected output; with `whole`, nothing may come before or after it. */
export function outputPattern(expected: string, { whole }: { whole: boolean }): RegExp {
  const source = expected.split("\n").map((line) =>
    line.trim() === "..."
      ? "(?:.*\\n)*?"
      : line.split("...").map((part) => RegExp.escape(part)).join(".*?") + "[ \\t]*\\n"
  ).join("");
  return new RegExp(whole ? `^${source}$` : `^${source}`, whole ? "" : "m");
}
