/** Parts of Markdown pages that are generated from tables of the program. */

/** The comment at the top of a generated page. */
export function generatedNote(source: string): string {
  return `<!-- Generated from ${source} by \`deno task reference\`. Do not edit. -->`;
}

/** A table: a row of headings, and rows of cells in Markdown. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, headings.map(() => "---"), ...rows.map((row) => row.map(escapeCell))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Code, for a cell or a sentence; empty for an empty text. */
export function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

/** A block of plain text. */
export function textBlock(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

function escapeCell(cell: string): string {
  return cell.replaceAll("|", "\\|").replaceAll("\n", " ");
}
