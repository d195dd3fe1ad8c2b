import { formatPatch, OMIT_HEADERS, structuredPatch } from "diff";
import type { ModeName } from "../../../apps/mod.ts";
import { readModeSource, type SourceFile } from "../app/mode_source.ts";

const CONTEXT_LINES = 3;

/** A line of a diff, without its sign. */
export interface DiffLine {
  /** A gap is not a line of either file but a note about the next or previous line: `@@ -1,16 +1,75 @@`. */
  kind: "same" | "added" | "removed" | "gap";
  text: string;
}

/** The changes from one file to another. */
export interface CodeDiff {
  fromFile: string;
  toFile: string;
  /** Empty if nothing differs. */
  lines: readonly DiffLine[];
}

/** The changes from the app's code in one mode to another; none from base to auto. */
export async function diffModes(
  from: ModeName,
  to: ModeName,
  contextLines: number = CONTEXT_LINES,
): Promise<CodeDiff> {
  const [before, after] = await Promise.all([from, to].map(readModeSource));
  return diffFiles(before!, after!, contextLines);
}

/** Like {@linkcode diffModes}, for any two files; differences in line endings are ignored. */
export function diffFiles(
  from: SourceFile,
  to: SourceFile,
  contextLines: number = CONTEXT_LINES,
): CodeDiff {
  const patch = structuredPatch(
    from.file,
    to.file,
    from.text,
    to.text,
    undefined,
    undefined,
    { context: contextLines, stripTrailingCr: true },
  );
  const lines = formatPatch(patch, OMIT_HEADERS).split("\n").filter((line) => line !== "");
  return { fromFile: from.file, toFile: to.file, lines: lines.map(readLine) };
}

/** The lines of a unified diff for `patch`; none if nothing differs. */
export function unifiedLines({ fromFile, toFile, lines }: CodeDiff): string[] {
  if (lines.length === 0) return [];
  return [`--- ${fromFile}`, `+++ ${toFile}`, ...lines.map(signed)];
}

/** A line with the sign of its kind. */
export function signed({ kind, text }: DiffLine): string {
  return SIGNS[kind] + text;
}

/** The number of lines of a kind, without empty ones. */
export function countLines({ lines }: Pick<CodeDiff, "lines">, counted: DiffLine["kind"]): number {
  return lines.filter(({ kind, text }) => kind === counted && text.trim() !== "").length;
}

const SIGNS: Record<DiffLine["kind"], string> = { same: " ", added: "+", removed: "-", gap: "" };

function readLine(line: string): DiffLine {
  switch (line[0]) {
    case "+":
      return { kind: "added", text: line.slice(1) };
    case "-":
      return { kind: "removed", text: line.slice(1) };
    case " ":
      return { kind: "same", text: line.slice(1) };
    default:
      // A hunk's header, or "\ No newline at end of file", which refers to the previous line.
      return { kind: "gap", text: line };
  }
}
