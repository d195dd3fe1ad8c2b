import { html } from "hono/html";
import type { Course, Step } from "../course/step.ts";
import { selfContainedPage } from "../document/self_contained_page.ts";
import { firstParagraph, markdownHtml } from "./markdown_html.ts";

/** The code of reveal.js with our start, and its styles with ours. */
export interface SlideAssets {
  script: string;
  style: string;
}

/** Slides for the teacher as one page that needs nothing else: no files, and no network. */
export function slidesHtml({ title, steps }: Course, { script, style }: SlideAssets): string {
  const parts = [...Map.groupBy(steps, ({ part }) => part)];
  return selfContainedPage({
    title,
    style,
    script,
    body: html`
      <div class="reveal">
        <div class="slides">
          <section>
            <h1>${title}</h1>
            <p>${String(steps.length)} steps</p>
          </section>
          ${parts.map(([part, steps]) =>
            html`
              <section>
                <section>
                  <h2>${part}</h2>
                  <ul>${steps.map(({ number, title }) =>
                    html`
                      <li>${number} ${title}</li>
                    `
                  )}</ul>
                </section>${steps.map(stepSlides)}
              </section>
            `
          )}
        </div>
      </div>
    `,
  });
}

function stepSlides({ number, title, minutes, text, conditions, question, answer, notes }: Step) {
  return html`
    <section>
      <h3>${number} ${title} <small>${String(minutes)} min</small></h3>
      ${firstParagraph(text)}
      <ul class="checks">${conditions.map(({ says }) =>
        html`
          <li>${says}</li>
        `
      )}</ul>
      <aside class="notes">${markdownHtml(notes)}</aside>
    </section>
    <section>
      <h3>${question}</h3>
      <div class="fragment">${markdownHtml(answer)}</div>
    </section>
  `;
}
