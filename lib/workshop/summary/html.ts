import { html, raw } from "hono/html";
import { STYLE } from "./style.ts";
import type { Summary, SummaryEvidence } from "./summary.ts";
import { cells, COLUMNS, facts, LEGEND, proven, traceUrl } from "./words.ts";

/** A summary as a single self-contained page without scripts. */
export function summaryHtml(summary: Summary, tracesUrl: string): string {
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
                <dl>${evidence.map((one) => evidenceItem(one, tracesUrl))}</dl>
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

function evidenceItem({ says, text, traceId }: SummaryEvidence, tracesUrl: string) {
  return html`
    <dt>${says}</dt>
    <dd>${text}${traceId && traceLine(traceId, tracesUrl)}</dd>
  `;
}

function traceLine(traceId: string, tracesUrl: string) {
  const url = traceUrl(tracesUrl, traceId);
  const text = html`
    trace <code>${traceId}</code>
  `;
  return url
    ? html`
      <br><a href="${url}" rel="noreferrer">${text}</a>
    `
    : html`
      <br>${text}
    `;
}
