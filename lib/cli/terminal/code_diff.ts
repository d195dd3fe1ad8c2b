import { formatPatch, OMIT_HEADERS, structuredPatch } from "diff";
import type { ModeName } from "../../../apps/mod.ts";
import { readModeSource, type SourceFile } from "../app/mode_source.ts";

const CONTEXT_LINES = 3;

/** A line of a diff, without the sign in front that its kind stands for. */
export interface DiffLine {
  /** A gap is no line of either file but a note on what follows or went before: `@@ -1,16 +1,75 @@`. */
  kind: "same" | "added" | "removed" | "gap";
  text: string;
}

/** What makes one file into another. */
export interface CodeDiff {
  fromFile: string;
  toFile: string;
  /** Empty where nothing differs. */
  lines: readonly DiffLine[];
}

/** What makes the app's code of one mode into that of another; nothing from base to auto. */
export async function diffModes(
  from: ModeName,
  to: ModeName,
  contextLines: number = CONTEXT_LINES,
): Promise<CodeDiff> {
  const [before, after] = await Promise.all([from, to].map(readModeSource));
  return diffFiles(before!, after!, contextLines);
}

/** As {@linkcode diffModes}, for any two files; how their lines end makes no difference. */
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

/** The lines of a unified diff, as `patch` takes it; none where nothing differs. */
export function unifiedLines({ fromFile, toFile, lines }: CodeDiff): string[] {
  if (lines.length === 0) return [];
  return [`--- ${fromFile}`, `+++ ${toFile}`, ...lines.map(signed)];
}

/** A line with the sign of its kind in front. */
export function signed({ kind, text }: DiffLine): string {
  return SIGNS[kind] + text;
}

/** How many lines of a kind there are; empty ones do not count. */
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
      // A hunk's header, or "\ No newline at end of file" which is about the line before it.
      return { kind: "gap", text: line };
  }
}
