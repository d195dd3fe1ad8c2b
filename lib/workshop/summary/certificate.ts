import { html, raw } from "hono/html";
import type { Summary } from "./summary.ts";
import { facts } from "./words.ts";

/** A certificate for the learner whom the summary names: one page in landscape, without scripts. */
export function certificateHtml(summary: Summary): string {
  const { course, learner = "", steps } = summary;
  const isComplete = steps.every(({ bonus, state }) =>
    bonus || state === "done" || state === "shown"
  );
  return String(html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        >
        <title>${learner}: ${course.title}</title>
        <style>
        ${raw(STYLE)}
        </style>
      </head>
      <body>
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
      </body>
    </html>
  `);
}

const STYLE = `
@page { size: A4 landscape; margin: 0; }
:root { color-scheme: light; }
body { margin: 0; color: #1b1b1f; background: #fff; font: 14pt/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; min-height: 209mm; max-width: 297mm; margin: 0 auto; padding: 18mm 24mm;
  display: flex; flex-direction: column; align-items: center; justify-content: center;
  text-align: center; border: 1.5mm solid #2457b8; }
h1 { margin: 4mm 0; font-size: 32pt; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 3mm 0 8mm; font-size: 20pt; line-height: 1.25; }
p { margin: 0; }
ul { list-style: none; margin: 0; padding: 0; color: #55555f; }
.kind { text-transform: uppercase; letter-spacing: 0.2em; color: #2457b8; }
.sign { margin-top: 18mm; width: 80mm; border-top: 0.3mm solid #1b1b1f; color: #55555f; }
`;
