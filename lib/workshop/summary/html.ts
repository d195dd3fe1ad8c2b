import { html, raw } from "hono/html";
import { STYLE } from "./style.ts";
import type { Summary, SummaryEvidence } from "./summary.ts";
import { cells, COLUMNS, facts, LEGEND, proven } from "./words.ts";

/** A summary as a single self-contained page without scripts. */
export function summaryHtml(summary: Summary): string {
  const { title } = summary.course;
  return String(html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        >
        <title>${title}</title>
        <style>
        ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <ul>${facts(summary).map((fact) =>
            html`
              <li>${fact}</li>
            `
          )}</ul>
          <table>
            <caption>${LEGEND}</caption>
            <thead><tr>${COLUMNS.map((name) =>
              html`
                <th scope="col">${name}</th>
              `
            )}</tr></thead>
            <tbody>${summary.steps.map((step) =>
              html`
                <tr>${cells(step).map(bodyCell)}</tr>
              `
            )}</tbody>
          </table>
          ${proven(summary).map(({ number, title, evidence }) =>
            html`
              <section>
                <h2>${number} ${title}</h2>
                <dl>${evidence.map(evidenceItem)}</dl>
              </section>
            `
          )}
        </main>
      </body>
    </html>
  `).trim();
}

/** The title is the header of its row. */
function bodyCell(text: string, column: number) {
  return COLUMNS[column] === "step"
    ? html`
      <th scope="row">${text}</th>
    `
    : html`
      <td>${text}</td>
    `;
}

function evidenceItem({ says, text, traceId, trace }: SummaryEvidence) {
  return html`
    <dt>${says}</dt>
    <dd>${text}${traceId && traceLine(traceId)}${trace && traceBlock(trace)}</dd>
  `;
}

function traceLine(traceId: string) {
  return html`
    <br>trace <code>${traceId}</code>
  `;
}

function traceBlock(lines: readonly string[]) {
  // Spaces and line ends count in it.
  return html`
    <pre>${lines.join("\n")}</pre>
  `;
}
