import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { assignLooks, preferredColor } from "../../lib/trace/service_looks.ts";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { withFolder } from "../helpers/folder.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { sketchTrace } from "../helpers/page_traces.ts";

/** Two services that prefer the same color. */
const [LATER, EARLIER] = sameColor("shop");
const TRACE_ID = "1".repeat(32);

testInBrowser(
  "two services that prefer one color differ, the same way in every view and file",
  async () => {
    await using collector = await startLiveCollector();
    const { data } = sketchTrace(TRACE_ID, [
      { id: "a1", serviceName: LATER, name: "GET /", atMillis: 0, forMillis: 300 },
      {
        id: "a2",
        parent: "a1",
        serviceName: EARLIER,
        name: "POST /",
        atMillis: 10,
        forMillis: 200,
      },
    ]);
    await sendOtlp(collector.httpUrl, "traces", data);
    const looks = assignLooks([LATER, EARLIER]);
    await withPage({}, async (page) => {
      for (const path of ["/traces", `/traces/${TRACE_ID}`, "/exports"]) {
        await page.goto(`${collector.uiUrl}${path}`);
        for (const name of [LATER, EARLIER]) await assertLook(page, name, looks.indexOf(name));
      }
      const html = await (await fetch(`${collector.uiUrl}/api/kit/traces/${TRACE_ID}/html`)).text();
      await withFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/trace.html`, html);
        await page.goto(`file://${folder}/trace.html`);
        // The other service is in no view of the file.
        await assertLook(page, LATER, looks.indexOf(LATER));
      });
    });
    assert(looks.indexOf(LATER) !== looks.indexOf(EARLIER));
  },
);

async function assertLook(page: Page, name: string, look: number): Promise<void> {
  const marks = page.locator("[data-shape]", { hasText: name });
  await marks.first().waitFor();
  const colors = await marks.evaluateAll((all) => all.map((mark) => mark.dataset.color));
  assertEquals(new Set(colors), new Set([String(look)]), `${name} on ${page.url()}`);
}

function sameColor(name: string): [string, string] {
  for (let index = 0;; index++) {
    const other = `a-${index}`;
    if (preferredColor(other) === preferredColor(name)) return [name, other];
  }
}
