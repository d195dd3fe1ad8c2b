import { assert, assertEquals, assertMatch } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { asking, withGuidePage } from "../helpers/guide_page.ts";
import { startLiveCollector } from "../helpers/live_page.ts";
import { startPageCollector } from "../helpers/page_collector.ts";
import { testHints } from "../helpers/test_guide.ts";

/** The scroll position of the step. */
const SCROLL_TOP = "document.querySelector('.guide-body').scrollTop";

testInBrowser("the guide's panel shows the step, and follows what changes", async () => {
  await withGuidePage({}, async ({ page, panel, guide }) => {
    await panel.getByRole("heading", { name: "See the manual app" }).waitFor();
    await panel.getByText("Step 10/17 · By hand · 10 min").waitFor();
    await panel.getByText("From no telemetry to telemetry without code").waitFor();
    assertEquals(await panel.locator(".markdown strong").first().innerText(), "Jaeger");
    assertEquals(await panel.locator(".snippet code").innerText(), "curl localhost:5000");
    await panel.getByRole("button", { name: "Copy" }).waitFor();
    await panel.getByText("Send both requests:").waitFor();
    assertEquals(
      await panel.getByRole("link", { name: "Tutorial" }).getAttribute("href"),
      "/tutorial/3-manual#step-10-see-the-manual-app",
    );
    const [met, waiting] = await panel.locator(".guide-condition").allInnerTexts();
    assertMatch(met!, /✓[\s\S]+has the event "root_event"[\s\S]+Met: it arrived/);
    assertMatch(waiting!, /…[\s\S]+Waiting: span "root" arrived, status UNSET[\s\S]+Did you send/);
    await panel.getByText("1 of 2 conditions met").waitFor();
    await panel.getByText("The answer appears once the step has passed.").waitFor();

    const conditions = guide.view.conditions.map((condition) => ({
      ...condition,
      state: "passed" as const,
      evidence: { text: "both are there" },
    }));
    guide.change({ conditions, isPassed: true, answer: "You did, with `setStatus`." });
    await panel.getByText("✓ Passed").waitFor();
    await panel.getByText("You did, with setStatus.").waitFor();
    assertEquals(await panel.getByText("Did you send /error?").count(), 0);

    const bonus = { ...guide.view.step, id: "logs", title: "Join", number: "22", isBonus: true };
    guide.change({ step: bonus, isPassed: false });
    await panel.getByText(/^Bonus step 22/).waitFor();

    // The panel stays when the user switches views.
    await page.getByRole("link", { name: "Logs" }).click();
    await page.getByRole("heading", { name: "Logs" }).waitFor();
    await panel.waitFor();
  });
});

testInBrowser("each button of the guide's panel requests its action", async (t) => {
  await withGuidePage({ changes: { hasFolder: true } }, async ({ page, panel, guide }) => {
    const press = (name: string) => panel.getByRole("button", { name }).click();
    for (const name of ["Next", "Back", "Check", "Hint"]) {
      await t.step(name, async () => {
        await asking(page, () => press(name));
        assertEquals(guide.actions.splice(0), [
          { do: name.toLowerCase() as "next" | "back" | "check" | "hint" },
        ]);
      });
    }
    await t.step("the comparison with the solution, which it shows", async () => {
      await asking(page, () => press("Compare with the solution"));
      assertEquals(guide.actions.splice(0), [{ do: "diff" }]);
      guide.change({
        changes: [{
          fromFile: "your manual.ts",
          toFile: "the solution",
          lines: [{ kind: "same", text: "a" }, {
            kind: "added",
            text: `root.end();${" //".repeat(99)}`,
          }],
        }],
      });
      const changes = panel.getByRole("region", { name: "Changes" });
      await changes.waitFor();
      assertEquals(
        await page.evaluate(
          "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.guide-body'))",
        ),
        0,
        "a long line scrolls on its own",
      );
      assertMatch(
        await changes.innerText(),
        /From your manual.ts to the solution\s+a\n\+ root\.end/,
      );
    });
    const confirmed = {
      "Solution …": ["Yes, apply it", "solve"],
      "Reset …": ["Yes, start over", "reset"],
    };
    for (const [name, [yes, verb]] of Object.entries(confirmed)) {
      await t.step(`${name} after a yes, and not after a no`, async () => {
        await press(name);
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await dialog.waitFor({ state: "hidden" });
        await press(name);
        await asking(page, () => dialog.getByRole("button", { name: yes! }).click());
        await dialog.waitFor({ state: "hidden" });
        assertEquals(guide.actions.splice(0), [{ do: verb as "solve" | "reset" }]);
      });
    }
    await t.step("a step in the list", async () => {
      await panel.getByText("All steps", { exact: true }).click();
      const list = panel.getByRole("region", { name: "All steps" });
      assertMatch(await list.innerText(), /The base app\s+7\s+Test the base app\s+✓ done/);
      const current = list.locator("[aria-current=step]");
      assertMatch(await current.innerText(), /See the manual app/);
      await asking(
        page,
        () => list.getByRole("button", { name: /From a log record to its trace/ }).click(),
      );
      assertEquals(guide.actions.splice(0), [{ goto: "logs" }]);
    });
  });
});

testInBrowser("the guide's dialogs explain what happens to the learner's folder", async () => {
  await withGuidePage({ changes: { hasFolder: true } }, async ({ page, panel, guide }) => {
    const dialog = page.getByRole("dialog");
    await panel.getByRole("button", { name: "Reset" }).click();
    await dialog.getByText(/files of this step in your folder are restored/).waitFor();
    await page.keyboard.press("Escape");
    const compare = panel.getByRole("button", { name: "Compare with the solution" });
    await compare.waitFor();
    guide.change({ hasFolder: false });
    await compare.waitFor({ state: "detached" });
    await panel.getByRole("button", { name: "Solution …" }).click();
    await dialog.getByText(/guide does the rest/).waitFor();
    assertEquals(await dialog.getByText("folder").count(), 0);
    assertEquals(guide.actions, []);
  });
});

testInBrowser("the guide's quiz is answered in the panel", async () => {
  const quiz = [{ id: "who-set-it", asks: "Who set it?", choices: ["`setStatus`", "Jaeger"] }];
  await withGuidePage({}, async ({ page, panel, guide }) => {
    guide.change({ step: { ...guide.view.step, quiz } });
    const question = panel.getByRole("group", { name: "Who set it?" });
    const answer = panel.getByRole("button", { name: "Answer", exact: true });
    await question.waitFor();
    assert(await answer.isDisabled(), "nothing is chosen yet");

    await question.getByRole("radio", { name: "Jaeger" }).check();
    await asking(page, () => answer.click());
    assertEquals(guide.actions.splice(0), [{ answer: { question: "who-set-it", choice: 1 } }]);
    const judged = (isRight: boolean, why: string) => ({
      step: { ...guide.view.step, quiz: [{ ...quiz[0]!, isRight, why }] },
    });
    guide.change(judged(false, "Tools show what was sent."));
    await panel.getByText("✕ Not right: Tools show what was sent.").waitFor();

    await question.getByRole("radio", { name: "setStatus" }).check();
    await asking(page, () => page.keyboard.press("Enter"));
    assertEquals(guide.actions.splice(0), [{ answer: { question: "who-set-it", choice: 0 } }]);
    guide.change(judged(true, "By hand means by hand."));
    await panel.getByText("✓ Right: By hand means by hand.").waitFor();
    assert(await question.getByRole("radio", { name: "Jaeger" }).isDisabled());
    assertEquals(await answer.count(), 0);
  });
});

testInBrowser("hints come one after another, and the solution reports what it does", async () => {
  await withGuidePage({ height: 500 }, async ({ page, panel, guide }) => {
    const hint = panel.getByRole("button", { name: "Hint" });
    guide.change({ hints: testHints("Where is it?") });
    await panel.getByRole("heading", { name: "Hint 1 of 3" }).waitFor();
    guide.change({ hints: testHints("Where is it?", "In `catch`.", "`otel-kit guide solve 10`") });
    await panel.getByRole("heading", { name: "Hint 3 of 3" }).waitFor();
    assert(await hint.isEnabled(), "those for what is wrong don't count");
    guide.change({ hasMoreHints: false });
    await panel.getByRole("button", { name: "Hint", disabled: true }).waitFor();
    const last = panel.getByText("otel-kit guide solve 10");
    await page.waitForFunction(`${SCROLL_TOP} > 0`);
    const frame = (await panel.getByRole("region", { name: "Step" }).boundingBox())!;
    const shown = (await last.boundingBox())!;
    assert(shown.y + shown.height <= frame.y + frame.height, "the hint is not in sight");
    await page.reload();
    await last.waitFor({ state: "attached" });
    assertEquals(await page.evaluate(SCROLL_TOP), 0, "a step begins at its top");

    guide.change({ busy: "solve", solution: { state: "running", lines: ["write manual.ts"] } });
    await panel.getByText("Applying the solution …").waitFor();
    const solution = panel.getByRole("region", { name: "Solution" });
    await solution.getByText("write manual.ts").waitFor();
    for (const name of ["Back", "Next", "Check", "Solution …", "Reset …"]) {
      assert(await panel.getByRole("button", { name }).isDisabled(), `${name} while it is busy`);
    }
    guide.change({ solution: { state: "passed", lines: ["write manual.ts", "request /"] } });
    await solution.getByText("Solution: ✓ passed").waitFor();

    guide.change({
      brokenLink: { name: "exporter", found: "gRPC came to 4318", fix: "Use `4317`." },
    });
    const broken = panel.locator(".guide-broken");
    await broken.getByRole("heading", { name: "First broken link: exporter" }).waitFor();
    assertMatch(await broken.innerText(), /gRPC came to 4318\s+Use 4317\./);
  });
});

testInBrowser("the guide's panel explains why something cannot be done", async () => {
  await withGuidePage({}, async ({ page, panel, guide }) => {
    const alert = panel.getByRole("alert");
    guide.refusal = "Cannot go on: a solution is running";
    await asking(page, () => panel.getByRole("button", { name: "Next" }).click());
    await alert.getByText("Cannot go on: a solution is running").waitFor();
    delete guide.refusal;
    await asking(page, () => panel.getByRole("button", { name: "Next" }).click());
    await alert.waitFor({ state: "detached" });
    guide.change({ problem: "Cannot write manual.ts: it is read-only" });
    await alert.getByText("it is read-only").waitFor();
  });
});

testInBrowser("the remaining time is counted down, but not announced", async () => {
  const pausedMillis = Date.now() + 3_600_000;
  const waiting = { says: ["spans of the app"], until: pausedMillis + 9_000 };
  await withGuidePage({}, async ({ page, panel, guide }) => {
    await page.clock.install();
    await page.clock.pauseAt(pausedMillis);
    guide.change({ waiting });
    await panel.getByText("Waiting for: spans of the app (9 s left at most)").waitFor();
    const spoken = await panel.getByRole("status").allTextContents();
    // The browser draws before the clock ticks: slightly more than the seconds shown.
    await page.clock.runFor(3_100);
    await panel.getByText("(6 s left at most)").waitFor();
    await page.clock.runFor(7_000);
    await panel.getByText("(any moment now)").waitFor();
    assertEquals(await panel.getByRole("status").allTextContents(), spoken);
  });
  await withGuidePage({ reducedMotion: "reduce", changes: { waiting } }, async ({ panel }) => {
    await panel.getByText(/^Waiting for: spans of the app \(until \d\d:\d\d:\d\d at most\)$/)
      .waitFor();
  });
});

testInBrowser("without a guide there is no panel, and the page requests it once", async () => {
  await using collector = await startLiveCollector();
  await withPage({}, async (page) => {
    let asked = 0;
    page.on("request", (request) => asked += Number(request.url().endsWith("/api/kit/guests")));
    await page.goto(`${collector.uiUrl}/traces`);
    await page.getByText("No traces yet").waitFor();
    await page.locator(".dot.on").first().waitFor();
    assertEquals(await page.getByRole("complementary").count(), 0);
    assertEquals(await page.getByRole("button", { name: "Guide" }).count(), 0);
    await page.keyboard.press("g");
    await page.getByRole("link", { name: "Exports" }).click();
    await page.getByText("No requests yet").waitFor();
    assertEquals(asked, 1);
    assertEquals(await page.getByRole("complementary").count(), 0);
  });
});

testInBrowser("the guide is requested again when events were missed", async () => {
  await using collector = startPageCollector();
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.locator(".dot.on").first().waitFor();
    const isAsked = (url: string) => url.endsWith("/api/kit/guests");
    assertEquals(collector.requests.filter(isAsked).length, 1);
    const again = page.waitForRequest((request) => isAsked(request.url()));
    // The collector deletes all data, and tells its pages to reload.
    await fetch(`${collector.url}/api/kit/data`, { method: "DELETE" });
    await again;
  });
});
