import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { nanosAt } from "../helpers/page_traces.ts";
import { poll } from "../helpers/poll.ts";

const OLD = 250;
const NEW = 150;

testInBrowser(
  "the trace list has no gap if it is reloaded while older traces arrive",
  async () => {
    await using collector = await startLiveCollector();
    await sendOtlp(collector.httpUrl, "traces", traces(1, OLD));
    await withPage({}, async (page) => {
      const asked = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      let isFirst = true;
      await page.route(/\/api\/kit\/traces\?.*before=/, async (route) => {
        if (isFirst) {
          isFirst = false;
          asked.resolve();
          await released.promise;
        }
        // The page may have abandoned it meanwhile.
        await route.continue().catch(() => {});
      });
      await page.goto(`${collector.uiUrl}/traces`);
      await page.getByRole("row").first().waitFor();
      await page.evaluate(SCROLL);
      await asked.promise;
      await sendOtlp(collector.httpUrl, "traces", traces(OLD + 1, NEW));
      const news = page.getByRole("button", { name: /^\d+ new$/ });
      await news.click();
      await news.waitFor({ state: "detached" });
      released.resolve();
      const isWhole = async () => {
        const rows = await page.evaluate<number>(SCROLL);
        return rows === OLD + NEW ? { result: rows } : { answer: String(rows) };
      };
      await poll(isWhole, `${OLD + NEW} rows`);
    });
  },
);

/** Scrolls to the end of the list. */
const SCROLL = `(() => {
  const list = document.querySelector("[role=grid]");
  list.scrollTo(0, list.scrollHeight);
  return Number(list.getAttribute("aria-rowcount"));
})()`;

/** This many traces with one span each, the newest last. */
function traces(first: number, count: number) {
  const spans = Array.from({ length: count }, (_, i) => ({
    traceId: String(first + i).padStart(32, "0"),
    spanId: "1".padStart(16, "0"),
    name: `GET /${first + i}`,
    kind: 2,
    startTimeUnixNano: nanosAt(first + i),
    endTimeUnixNano: nanosAt(first + i + 1),
  }));
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] };
}
