import { assertEquals } from "@std/assert";
import { parseCourse } from "../../../lib/workshop/course/read_course.ts";
import { summaryHtml } from "../../../lib/workshop/summary/html.ts";
import { addTraces, summarize } from "../../../lib/workshop/summary/summary.ts";
import { overhangPixels, seriousViolations } from "../../helpers/axe.ts";
import { testInBrowser, withPage } from "../../helpers/browser.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";

const TRACE_ID = "4e44aa00bb11cc22dd33ee44ff553df3";
const TRACE = "root (MyHonoAppInProductionManual), 1.0 ms, ERROR, events: exception";

for (const colorScheme of ["light", "dark"] as const) {
  testInBrowser(`summaryHtml() is accessible, ${colorScheme} and narrow`, async () => {
    await withPage({ width: 320, colorScheme }, async (page) => {
      await page.setContent(await summary());
      assertEquals(await page.locator("pre").innerText(), TRACE);
      assertEquals(await page.locator("tbody tr").count(), 1);
      assertEquals(await overhangPixels(page), 0);
      const [text, back] = await page.evaluate<string[]>(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]",
      );
      assertEquals(isBright(back!), colorScheme === "light");
      assertEquals(isBright(text!), colorScheme === "dark");
      assertEquals(await seriousViolations(page), []);
    });
  });
}

async function summary(): Promise<string> {
  const course = parseCourse([courseFile(), stepFile("01-a.yaml", { title: "Instrument it" })]);
  const evidence = { answers: { text: "a span arrived", traceId: TRACE_ID } };
  const done = { at: 60_000, how: "done" as const, evidence };
  const steps = { a: { startedAt: 0, readings: {}, hintsShown: 1, isSolved: true, done } };
  const made = summarize(course, { steps, answers: {} }, 60_000);
  return summaryHtml(
    await addTraces(made, (traceId) =>
      Promise.resolve([{
        traceId,
        spanId: "a",
        parentSpanId: "",
        service: "MyHonoAppInProductionManual",
        name: "root",
        kind: 1,
        status: 2,
        startedAt: 0,
        durationMillis: 1,
        attributes: new Map(),
        events: [{ name: "exception", attributes: new Map() }],
        links: [],
        resource: new Map(),
      }])),
  );
}

/** Whether a color such as `rgb(23, 23, 27)` is nearer to white than to black. */
function isBright(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = color.match(/\d+/g)!.map(Number);
  return red + green + blue > 3 * 128;
}
