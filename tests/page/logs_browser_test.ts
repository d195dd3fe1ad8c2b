import { assert, assertEquals, assertMatch } from "@std/assert";
import { seriousViolations } from "../helpers/axe.ts";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { attributes, nanosAt } from "../helpers/page_traces.ts";

/** A record every ten seconds: INFO, WARN, ERROR, and an event. */
async function startFilled() {
  const collector = await startLiveCollector();
  const logRecords = [[9, "INFO"], [13, "WARN"], [17, "ERROR"], [9, ""]].map(
    ([severityNumber, severityText], index) => ({
      timeUnixNano: nanosAt(index * 10_000),
      severityNumber: Number(severityNumber),
      severityText: String(severityText),
      body: { stringValue: `record ${index}` },
      attributes: attributes({ "order.id": `A-${index}` }),
      ...index === 3 && { eventName: "order.placed" },
    }),
  );
  await sendOtlp(collector.httpUrl, "logs", {
    resourceLogs: [{
      resource: { attributes: attributes({ "service.name": "shop", "host.name": "pod-1" }) },
      scopeLogs: [{
        scope: { name: "winston", version: "3.1.0", attributes: attributes({ "log.kind": "app" }) },
        logRecords,
      }],
    }],
  });
  return collector;
}

testInBrowser("the chart of log records narrows the time range and the severity", async () => {
  await using collector = await startFilled();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/logs`);
    const chart = page.getByRole("application");
    await chart.locator("rect").first().waitFor();
    assertMatch(
      await chart.getAttribute("aria-label") ?? "",
      /^4 log records over time: 2 INFO, 1 WARN, 1 ERROR\./,
    );
    const bar = (await chart.locator('[data-severity="WARN"]').boundingBox())!;
    const [x, y] = [bar.x + bar.width / 2, bar.y + bar.height / 2];
    await page.mouse.move(x, y);
    await chart.getByText("1 record: 1 WARN").waitFor();
    await page.mouse.click(x, y);
    await page.getByText("1 of 4 kept").waitFor();
    await page.locator(".logs tbody tr").getByText("record 1").waitFor();
    assertEquals(await page.locator(".logs tbody tr").count(), 1);
    const { searchParams } = new URL(page.url());
    assert(Number(searchParams.get("to")) - Number(searchParams.get("from")) < 10_000);
    await page.getByRole("button", { name: "Now" }).click();
    await page.getByText("4 of 4 kept").waitFor();
    await page.getByTitle("Only WARN and above").click();
    await page.getByText("2 of 4 kept").waitFor();
    assertMatch(page.url(), /severity=13/);
  });
});

testInBrowser("the chart of log records can be used with the keyboard alone", async () => {
  await using collector = await startFilled();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/logs`);
    const chart = page.getByRole("application");
    await chart.locator("rect").first().waitFor();
    await chart.focus();
    await page.keyboard.press("ArrowRight");
    await chart.getByText("1 record: 1 INFO").waitFor();
    for (let step = 0; step < 12; step++) await page.keyboard.press("Shift+ArrowRight");
    await chart.getByText("2 records: 1 WARN, 1 INFO").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("2 of 4 kept").waitFor();
  });
});

testInBrowser(
  "severities look different, by sign and by a color with enough contrast",
  async () => {
    await using collector = await startFilled();
    for (const colorScheme of ["light", "dark"] as const) {
      await withPage({ colorScheme, reducedMotion: "reduce" }, async (page) => {
        await page.goto(`${collector.uiUrl}/logs`);
        const cell = (name: string) =>
          page.locator(`tr[data-severity="${name}"] .severity`).first();
        await cell("WARN").waitFor();
        assertEquals(await cell("WARN").textContent(), "▲ WARN");
        assertEquals(await cell("ERROR").textContent(), "✕ ERROR");
        assertEquals(await cell("INFO").textContent(), "INFO");
        const colorOf = (name: string) =>
          page.evaluate<string>(
            `getComputedStyle(document.querySelector('tr[data-severity="${name}"] .severity')).color`,
          );
        const colors = new Set(await Promise.all(["WARN", "ERROR", "INFO"].map(colorOf)));
        assertEquals(colors.size, 3);
        await page.locator(".disclosure").first().click();
        assertEquals(await seriousViolations(page), []);
      });
    }
  },
);

testInBrowser(
  "an open record tells its own attributes from those of scope and resource",
  async () => {
    await using collector = await startFilled();
    await withPage({}, async (page) => {
      await page.goto(`${collector.uiUrl}/logs?q=order.placed`);
      await page.getByText("1 of 4 kept").waitFor();
      await page.locator(".disclosure").click();
      const part = (title: string) =>
        page.locator(".log-part").filter({ has: page.getByRole("heading", { name: title }) });
      for (
        const [title, texts] of [
          ["Record", ["order.placed", "INFO (9)", "order.id", "A-3"]],
          ["Scope", ["winston", "3.1.0", "log.kind"]],
          ["Resource", ["host.name", "pod-1"]],
        ] as const
      ) {
        for (const text of texts) await part(title).getByText(text).first().waitFor();
      }
      assertEquals(await part("Record").getByText("pod-1").count(), 0);
      await page.getByLabel("Find log records with order.id A-3").click();
      await page.waitForURL(/\/logs\?q=A-3$/);
      await page.goto(`${collector.uiUrl}/logs?q=warn`);
      await page.getByText("1 of 4 kept").waitFor();
    });
  },
);

testInBrowser("a record shows its rare fields, and that it has no time", async () => {
  await using collector = await startLiveCollector();
  await sendOtlp(collector.httpUrl, "logs", {
    resourceLogs: [{
      schemaUrl: "https://schema.test/resource",
      resource: {
        attributes: attributes({ "service.name": "shop", "service.instance.id": "i-1" }),
        entityRefs: [{ type: "service", idKeys: ["service.instance.id"] }],
      },
      scopeLogs: [{
        schemaUrl: "https://schema.test/scope",
        logRecords: [{
          severityText: "FATAL",
          body: { stringValue: "timeless" },
          flags: 1,
          droppedAttributesCount: 3,
        }],
      }],
    }],
  });
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/logs?severity=21`);
    const row = page.locator(".logs tbody tr").first();
    await row.getByText("timeless").waitFor();
    await row.getByText("no time").waitFor();
    await page.locator(".disclosure").click();
    const part = (title: string) =>
      page.locator(".log-part").filter({ has: page.getByRole("heading", { name: title }) });
    for (
      const [title, texts] of [
        ["Record", ["no time", "sampled", "3 attributes by the SDK", '"FATAL" (0)']],
        ["Scope", ["https://schema.test/scope"]],
        ["Resource", ["Entity service", "service.instance.id", "https://schema.test/resource"]],
      ] as const
    ) {
      for (const text of texts) await part(title).getByText(text).first().waitFor();
    }
  });
});
