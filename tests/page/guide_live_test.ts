import { assertMatch } from "@std/assert";
import { parseFlags } from "../../lib/cli/flags/flags.ts";
import { GUIDE_FLAGS } from "../../lib/cli/guide/guide_flags.ts";
import { LiveGuide } from "../../lib/cli/guide/live/live_guide.ts";
import { openSession } from "../../lib/cli/guide/session.ts";
import { embeddedBackends } from "../../lib/workshop/backends/backends.ts";
import { keepScreenshot, testInBrowser, withPage } from "../helpers/browser.ts";
import { withFolder } from "../helpers/folder.ts";
import { startLiveCollector } from "../helpers/live_page.ts";
import { withApp } from "../helpers/program.ts";

testInBrowser("the guide leads a learner on the page, with telemetry from a real app", async () => {
  await withFolder(async (folder) => {
    await withApp(["serve", "--mode=base"], {}, async ({ url }) => {
      const flags = [`--app-url=${url}`, `--progress=${folder}/progress.json`];
      const session = await openSession(parseFlags(flags, GUIDE_FLAGS).flags, () => {});
      const guide = new LiveGuide(session, new AbortController().signal);
      await using collector = await startLiveCollector({ guide });
      session.backends = embeddedBackends(collector);
      await session.goto(session.find("base-app"));
      await guide.start();
      await withPage({}, async (page) => {
        await page.goto(`${collector.uiUrl}/traces`);
        const panel = page.getByRole("complementary", { name: "Guide" });
        await panel.getByText("the app answered / with 200").waitFor();
        await panel.getByText("you never find out").or(
          panel.getByText("Which line of the base app reports a failure"),
        ).first().waitFor();
        await panel.getByRole("button", { name: "Next" }).click();
        await panel.getByRole("heading", { name: "Test the base app" }).waitFor();
        await panel.getByText("you haven't shown the guide a response yet").waitFor();
        await session.see(session.find(), {
          at: Date.now(),
          status: 500,
          body: await (await fetch(`${url}/error`)).text(),
        });
        // Nothing should arrive; the guide's test span shows that something could.
        await panel.getByText("nothing arrived except the guide's test span").waitFor();
        await panel.getByRole("link", { name: /^trace / }).first().click();
        await page.locator("main").getByRole("heading", { name: "canary" }).first().waitFor();
        assertMatch(page.url(), /\/traces\/[0-9a-f]{32}$/);
        await keepScreenshot(page, "guide-live-light-1280");
      });
      await guide[Symbol.asyncDispose]();
    });
  });
});
