import { html } from "hono/html";
import { selfContainedPage } from "../document/self_contained_page.ts";
import type { Summary } from "./summary.ts";
import { facts } from "./words.ts";

/** A certificate for the learner whom the summary names: one page in landscape, without scripts. */
export function certificateHtml(summary: Summary): string {
  const { course, learner = "", steps } = summary;
  const isComplete = steps.every(({ bonus, state }) =>
    bonus || state === "done" || state === "shown"
  );
  return selfContainedPage({
    title: `${learner}: ${course.title}`,
    style: STYLE,
    body: html`
      <main>
        <p class="kind">${isComplete ? "Certificate" : "Confirmation of participation"}</p>
        <h1>${learner}</h1>
        <p>${isComplete ? "completed" : "took part in"} the workshop</p>
        <h2>${course.title}</h2>
        <ul>${facts({ ...summary, learner: undefined }).map((fact) =>
          html`
            <li>${fact}</li>
          `
        )}</ul>
        <p class="sign"><span>Teacher</span></p>
      </main>
    `,
  });
}

const STYLE = `
@page { size: A4 landscape; margin: 0; }
:root { color-scheme: light; }
body { margin: 0; color: #1b1b1f; background: #fff; font: 14pt/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; min-height: 209mm; max-width: 297mm; margin: 0 auto; padding: min(18mm, 6vw) min(24mm, 7vw);
  display: flex; flex-direction: column; align-items: center; justify-content: center;
  text-align: center; border: 1.5mm solid #2457b8; }
h1 { margin: 4mm 0; font-size: clamp(18pt, 6vw, 32pt); line-height: 1.2; overflow-wrap: anywhere;
  hyphens: auto; }
h2 { margin: 3mm 0 8mm; font-size: clamp(14pt, 4vw, 20pt); line-height: 1.25; }
p { margin: 0; }
ul { list-style: none; margin: 0; padding: 0; color: #55555f; }
.kind { text-transform: uppercase; letter-spacing: 0.2em; color: #2457b8; }
.sign { margin-top: 18mm; width: min(80mm, 100%); border-top: 0.3mm solid #1b1b1f; color: #55555f; }
`;
