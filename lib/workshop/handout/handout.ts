import { html } from "hono/html";
import type { Course, Step } from "../course/step.ts";
import { selfContainedPage } from "../document/self_contained_page.ts";
import { markdownHtml } from "./markdown_html.ts";

/** A course to print: all steps with room for ticks, and the answers at the end. */
export function handoutHtml({ title, steps }: Course): string {
  const parts = [...Map.groupBy(steps, ({ part }) => part)];
  return selfContainedPage({
    title,
    style: STYLE,
    body: html`
      <main>
        <h1>${title}</h1>
        <p class="name">Name: <span></span></p>
        <ol class="contents">${parts.map(([part, steps]) =>
          html`
            <li>${part} <small>${numbersOf(steps)}, ${String(
              minutesOf(steps),
            )} min</small></li>
          `
        )}</ol>
        ${parts.map(([part, steps]) =>
          html`
            <section class="part"><h2>${part}</h2>${steps.map(stepHtml)}</section>
          `
        )}
        <section class="part answers">
          <h2>Answers</h2>
          <dl>${steps.map(({ number, question, answer }) =>
            html`
              <dt>${number} ${question}</dt>
              <dd>${markdownHtml(answer)}</dd>
            `
          )}</dl>
        </section>
      </main>
    `,
  });
}

function stepHtml({ number, title, minutes, text, conditions, question }: Step) {
  return html`
    <article>
      <h3>${number} ${title} <small>${String(minutes)} min</small></h3>
      ${markdownHtml(text)}
      <ul class="checks">${conditions.map(({ says }) =>
        html`
          <li>${says}</li>
        `
      )}</ul>
      <p class="question"><strong>Question</strong> ${question}</p>
      <div class="lines"></div>
    </article>
  `;
}

function numbersOf(steps: readonly Step[]): string {
  const [first, last] = [steps[0]!.number, steps.at(-1)!.number];
  return first === last ? `step ${first}` : `steps ${first} to ${last}`;
}

function minutesOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** Black on white, because it is for paper; a part begins on a page of its own, and no step's title ends one. */
const STYLE = `
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page); } }
:root { color-scheme: light; }
body { margin: 0; color: #1b1b1f; background: #fff; font: 10.5pt/1.45 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 20pt; line-height: 1.2; }
h2 { font-size: 15pt; border-bottom: 1.5pt solid #1b1b1f; padding-bottom: 2pt; }
h3 { font-size: 12pt; margin: 14pt 0 4pt; }
h1, h2, h3, .question, p:has(+ pre), p:has(+ ul) { break-after: avoid; }
small { white-space: nowrap; color: #55555f; font-weight: normal; font-size: 0.8em; }
p, ul, ol, dl { margin: 4pt 0 6pt; orphans: 3; widows: 3; }
li > p { margin: 0; }
pre { margin: 6pt 0; padding: 6pt 8pt; border: 0.75pt solid #c9c9d1; border-radius: 3pt;
  white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid; }
code, kbd { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.88em;
  overflow-wrap: anywhere; }
a { color: inherit; }
.name span { display: inline-block; width: 60%; border-bottom: 0.75pt solid #1b1b1f; }
.checks { list-style: none; padding: 0; break-inside: avoid; }
.checks li { padding-left: 16pt; text-indent: -16pt; }
.checks li::before { content: "\\2610"; display: inline-block; width: 16pt; text-indent: 0; }
.lines, .lines::before { border-bottom: 0.75pt solid #c9c9d1; }
.lines { break-inside: avoid; padding-bottom: 16pt; }
.lines::before { content: ""; display: block; height: 16pt; }
dt { margin-top: 8pt; font-weight: 600; break-after: avoid; }
dd { margin: 0; break-inside: avoid; }
@media print { main { max-width: none; padding: 0; } .part { break-before: page; } }
`;
