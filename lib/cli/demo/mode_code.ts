import { diffLines } from "diff";
import type { ModeName } from "../../../apps/mod.ts";
import type { CompareMode } from "../../guests/compare.ts";
import { readModeSource } from "../app/mode_source.ts";

/**
 * Reads the code of a mode, and marks the lines that the plain app does not have. Empty lines are never marked.
 */
export async function readModeCode(
  mode: ModeName,
): Promise<Pick<CompareMode, "file" | "code" | "addedLines">> {
  const [base, { file, text }] = await Promise.all([readModeSource("base"), readModeSource(mode)]);
  const code = markAdded(base.text, text);
  const addedLines = code.filter(({ text, isAdded }) => isAdded && text.trim() !== "").length;
  return { file, code, addedLines };
}

/** The lines of a text, each with whether another text lacks it. */
export function markAdded(base: string, own: string): CompareMode["code"] {
  return diffLines(base, own)
    .filter(({ removed }) => !removed)
    .flatMap(({ value, added }) =>
      value.replace(/\n$/, "").split("\n").map((text) => ({ text, isAdded: added }))
    );
}
