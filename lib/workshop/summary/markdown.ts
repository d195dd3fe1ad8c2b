import type { Summary, SummaryEvidence } from "./summary.ts";
import { cells, COLUMNS, facts, LEGEND, proven } from "./words.ts";

/** A summary in Markdown, with the traces in it. */
export function summaryMarkdown(summary: Summary): string {
  const rows = [[...COLUMNS], ...summary.steps.map(cells)].map((row) => row.map(escape));
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]!.length), 3));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  const [head, ...body] = rows;
  const table = [head!, widths.map((width) => "-".repeat(width)), ...body].map(line);
  const blocks = [
    `# ${escape(summary.course.title)}`,
    facts(summary).map((fact) => `- ${escape(fact)}`).join("\n"),
    table.join("\n"),
    escape(LEGEND),
    ...proven(summary).flatMap(({ number, title, evidence }) => [
      `## ${number} ${escape(title)}`,
      evidence.map(evidenceItem).join("\n"),
    ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function evidenceItem({ says, text, traceId, trace = [] }: SummaryEvidence): string {
  const lines = [`- ${escape(says)}`, `  ${escape(text)}`];
  if (traceId !== undefined) lines.push(`  trace ${escape(traceId)}`);
  // A line that ends with a backslash is followed by another in the same paragraph.
  const paragraph = lines.join("\\\n");
  return trace.length === 0
    ? paragraph
    // Indented by four within the item, it is code, and shown unchanged.
    : [paragraph, "", ...trace.map((line) => `      ${line}`), ""].join("\n");
}

/** Escapes a text of one line, so that Markdown shows it unchanged. */
function escape(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>|~&#]/g, "\\$&")
    // Addresses would become links.
    .replaceAll(/:(?=\/\/)|@|(?<=www)\./gi, "\\$&")
    // At the beginning, these start a list, or a numbered one.
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^[+-]/, "\\$&");
}
