import { diffLines } from "diff";
import type { ModeName } from "../../../apps/mod.ts";
import type { CodeLine, CompareMode } from "../../guests/compare.ts";
import { readModeSource } from "../app/mode_source.ts";

/** Reads the code of a mode, compared with the plain app; empty lines don't count. */
export async function readModeCode(
  mode: ModeName,
): Promise<Pick<CompareMode, "file" | "code" | "addedLines">> {
  const [base, { file, text }] = await Promise.all([readModeSource("base"), readModeSource(mode)]);
  const code = compareLines(base.text, text);
  const addedLines = code.filter(({ text, kind }) => kind === "added" && text.trim() !== "").length;
  return { file, code, addedLines };
}

/** The lines of both texts in their order, each with whether it is in both, or in one of them. */
export function compareLines(base: string, own: string): CodeLine[] {
  return diffLines(base, own).flatMap(({ value, added, removed }) =>
    value.replace(/\n$/, "").split("\n").map((text) => ({
      text,
      kind: added ? "added" : removed ? "removed" : "same",
    }))
  );
}
