import { assert, assertEquals, assertMatch } from "@std/assert";
import { seriousViolations } from "../helpers/axe.ts";
import { keepScreenshot, testInBrowser, withPage } from "../helpers/browser.ts";
import { startLiveCollector } from "../helpers/live_page.ts";

testInBrowser("the tutorial tells commands from output, and copies commands", async () => {
  await using collector = await startLiveCollector();
  await withPage({}, async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${collector.uiUrl}/tutorial/2-base`);
    const command = page.locator(".block-command", { hasText: "curl -i localhost:5000/error" })
      .first();
    assertMatch(await command.locator("figcaption").innerText(), /^Command\s+Copy$/);
    await command.getByRole("button", { name: "Copy" }).click();
    await command.getByText("Copied").waitFor();
    assertEquals(
      await page.evaluate("navigator.clipboard.readText()"),
      "curl -i localhost:5000/error",
    );
    const output = page.locator(".block-output", { hasText: "HTTP/1.1 500" });
    assertEquals(await output.locator("figcaption").innerText(), "Output");
    assertEquals(await output.getByRole("button").count(), 0);
    const first = page.locator(".block-command", { hasText: "deno run -A mine/base.ts" });
    assertMatch(await first.locator("figcaption").innerText(), /^Command, first terminal/);
    const file = page.locator(".block-file");
    assertMatch(await file.locator("figcaption").innerText(), /^apps\/base\.ts\s+Copy$/);
  });
});

testInBrowser("the tutorial leads to the page before and after", async () => {
  await using collector = await startLiveCollector();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/tutorial`);
    const neighbors = page.getByRole("navigation", { name: "Previous and next page" });
    assertEquals(await neighbors.getByRole("link").count(), 1);
    await neighbors.getByRole("link", { name: /^Part 1.* →$/ }).click();
    await page.getByRole("heading", { level: 1, name: /^Part 1/ }).waitFor();
    await neighbors.getByRole("link", { name: /^Part 2/ }).click();
    await page.getByRole("heading", { level: 1, name: /^Part 2/ }).waitFor();
    await neighbors.getByRole("link", { name: /^← Part 1/ }).click();
    await page.getByRole("heading", { level: 1, name: /^Part 1/ }).waitFor();
  });
});

testInBrowser("a link to an answer of the tutorial opens it", async () => {
  await using collector = await startLiveCollector();
  await withPage({ width: 390, colorScheme: "dark" }, async (page) => {
    await page.goto(`${collector.uiUrl}/tutorial/6-conclusion#which-to-use-when`);
    await page.getByText("Use no-code instrumentation if").waitFor();
    assert(!await page.getByText("A vendor-neutral standard").isVisible());
    assertEquals(await seriousViolations(page), []);
    await keepScreenshot(page, "tutorial-answer-dark-390");
  });
});

testInBrowser("every part of the tutorial has a page, and pictures are there", async () => {
  const folder = new URL("../../docs/tutorial/", import.meta.url);
  const parts = Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) =>
    name.endsWith(".md") && name !== "README.md"
  );
  await using collector = await startLiveCollector();
  await withPage({ width: 390 }, async (page) => {
    await page.goto(`${collector.uiUrl}/tutorial`);
    const links = page.getByRole("navigation", { name: "Tutorial", exact: true }).getByRole("link");
    const shown = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const name of parts) {
      assert(shown.includes(`/tutorial/${name.replace(/\.md$/, "")}`), `${name} has no page`);
    }
    const picture = page.getByRole("img", { name: "A trace as a waterfall" });
    const { x, width } = (await picture.boundingBox())!;
    assert(width > 200 && x + width <= 390, `the picture has ${width} px`);
  });
});
