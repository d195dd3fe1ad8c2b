import { html } from "hono/html";
import { selfContainedPage } from "../document/self_contained_page.ts";
import { STYLE } from "./style.ts";
import type { Summary, SummaryEvidence } from "./summary.ts";
import { cells, COLUMNS, facts, LEGEND, proven } from "./words.ts";

/** A summary as a single self-contained page without scripts. */
export function summaryHtml(summary: Summary): string {
  const { title } = summary.course;
  return selfContainedPage({
    title,
    style: STYLE,
    body: html`
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
    `,
  });
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
