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
  const { fromFile, toFile, lines } = diff;
  const added = countLines(diff, "added");
  const removed = countLines(diff, "removed");
  return [
    paint("bold", `From ${visible(fromFile)} to ${visible(toFile)}: +${added} −${removed} lines`),
    "",
    ...lines.map(shown),
  ];
}

function shown(line: DiffLine): string {
  // Escaping would make tabs unreadable, and code may contain many.
  const text = visible(signed(line).replaceAll("\t", "  "));
  const style = DIFF_STYLES[line.kind];
  return style ? paint(style, text) : text;
}
