import { type CodeDiff, countLines, type DiffLine, signed } from "./code_diff.ts";
import { paint, type Style } from "./style.ts";
import { visible } from "../../unsafe_text.ts";

/** The styles of diff lines; the signs mean the same. */
export const DIFF_STYLES: Partial<Record<DiffLine["kind"], Style>> = {
  added: "green",
  removed: "red",
  gap: "grey",
};

/** A diff for people: a summary, then line by line, with signs as well as colors. */
export function diffReport(diff: CodeDiff): string[] {
  return [paint("bold", visible(diffTitle(diff))), "", ...diff.lines.map(shown)];
}

/** What is compared, and how much differs. */
export function diffTitle(diff: CodeDiff): string {
  const { fromFile, toFile, lines } = diff;
  if (lines.length === 0) return `Nothing differs between ${fromFile} and ${toFile}`;
  const added = countLines(diff, "added");
  const removed = countLines(diff, "removed");
  return `From ${fromFile} to ${toFile}: +${added} −${removed} lines`;
}

function shown(line: DiffLine): string {
  // Escaping would make tabs unreadable, and code may contain many.
  const text = visible(signed(line).replaceAll("\t", "  "));
  const style = DIFF_STYLES[line.kind];
  return style ? paint(style, text) : text;
}
