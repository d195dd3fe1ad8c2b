import { html } from "hono/html";
import { selfContainedPage } from "../document/self_contained_page.ts";
import { chart, valueText } from "./chart.ts";
import type { Panel, Range } from "./panels.ts";
import { STYLE } from "./style.ts";

/** What a dashboard shows. */
export interface Dashboard {
  /** The name of the file of rules. */
  file: string;
  range: Range;
  panels: readonly Panel[];
  /** Why the file has no panels. */
  problem?: string;
  /** After how many seconds the page is loaded again. */
  everySeconds: number;
}

const MINUTE_MS = 60_000;

/** A dashboard as a page that loads itself again: a chart for each rule, side by side if there is room. */
export function dashboardHtml({ file, range, panels, problem, everySeconds }: Dashboard): string {
  const minutes = Math.round((range.to - range.from) / MINUTE_MS);
  return selfContainedPage({
    title: file,
    style: STYLE,
    script: drawAgain(everySeconds),
    isServed: true,
    body: html`
      <main>
        <h1>${file}</h1>
        <p class="quiet">
          The last ${minutes} minutes. The file is read and drawn again every ${everySeconds} seconds.
        </p>
        ${problem === undefined ? "" : html`
          <p class="problem">${problem}</p>
        `}
        <div class="panels">${panels.map((panel) => panelHtml(panel, range))}</div>
      </main>
    `,
  });
}

/** A script that replaces what is shown, so that the reader stays at the same place. */
function drawAgain(seconds: number): string {
  return `setInterval(async () => {
    if (document.hidden) return;
    const response = await fetch(location.href).catch(() => {});
    if (!response?.ok) {
      document.querySelector(".quiet").textContent = "It isn't drawn again: the dashboard was stopped.";
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
  }, ${seconds * 1000});`;
}

function panelHtml(panel: Panel, range: Range) {
  const { name, expr, isAlert, series, problem } = panel;
  const now = problem === undefined ? nowText(panel, range) : "";
  return html`
    <section class="${isAlert ? "alert" : "record"}${isFiring(panel, range) ? " fires" : ""}">
      <h2>${name}</h2>
      ${now && html`
        <p class="now">${now}</p>
      `} ${problem === undefined ? chart(series, range, `${name}: ${now}`) : html`
        <p class="problem">${problem}</p>
      `} ${series.length > 1
        ? html`
          <ul>${series.map(({ name }, index) =>
            html`
              <li class="line-${index}">${name}</li>
            `
          )}</ul>
        `
        : ""} ${expr && html`
        <code>${expr}</code>
      `}
    </section>
  `;
}

function nowText(panel: Panel, { to }: Range): string {
  const values = panel.series.flatMap(({ points }) => {
    const [at, value] = points.at(-1) ?? [0, 0];
    return at >= to ? [valueText(value)] : [];
  });
  if (panel.isAlert) {
    return values.length > 0 ? `fires: ${values.join(", ")}` : "doesn't fire";
  }
  return values.length > 0 ? values.join(", ") : "no result now";
}

/** An alert fires while its query has a result. */
function isFiring({ isAlert, series }: Panel, { to }: Range): boolean {
  return isAlert && series.some(({ points }) => (points.at(-1)?.[0] ?? 0) >= to);
}
