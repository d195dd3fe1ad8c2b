import { type CodeDiff, countLines, type DiffLine, signed } from "./code_diff.ts";
import { paint, type Style } from "./style.ts";
import { visible } from "../../unsafe_text.ts";

/** How lines of a diff stand out; the signs say the same. */
export const DIFF_STYLES: Partial<Record<DiffLine["kind"], Style>> = {
  added: "green",
  removed: "red",
  gap: "grey",
};

/** A diff for people: how much it is, then line by line; the signs say what the colors do. */
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
  // A tab would be made visible as what it is: somebody's code may be full of them.
  const text = visible(signed(line).replaceAll("\t", "  "));
  const style = DIFF_STYLES[line.kind];
  return style ? paint(style, text) : text;
}
