import { runGuideView } from "../../../lib/cli/guide/terminal/run_view.ts";
import { STANDARD_OUTPUT } from "../../../lib/cli/output.ts";
import { listenForSignals } from "../../../lib/cli/signals.ts";
import { startTestGuide, testHints } from "../../helpers/test_guide.ts";

/**
 * The guide's view on a guide without a course. It prints the requested actions when it ends. The argument
 * says what goes wrong: with `fail` an action throws, with `crash` an error escapes.
 */
const [what] = Deno.args;
const guide = startTestGuide({ hasFolder: true });
const { act } = guide.handlers;
guide.handlers.act = async (action) => {
  if (what === "crash") setTimeout(() => nobodyCatches(), 0);
  if (what === "fail") throw new Error("Cannot go on: the test says so");
  await act(action);
  // Shown so that a test knows when it is done.
  guide.change({ problem: `Did ${JSON.stringify(action)}` });
  if ("do" in action && action.do === "hint") {
    guide.change({ hints: testHints("Is it there?") });
  }
  if ("do" in action && action.do === "check") {
    guide.change({ conditions: [{ ...guide.view.conditions[1]!, found: "a\x1b[2J\x07b" }] });
  }
};

const { stop } = listenForSignals(Deno.exit);
await runGuideView(guide.handlers, {
  stop,
  diff: (stepId) =>
    Promise.resolve([{
      fromFile: "your manual.ts",
      toFile: "the solution",
      lines: [
        { kind: "removed", text: "from base" },
        { kind: "added", text: `to ${stepId}` },
      ],
    }]),
});
STANDARD_OUTPUT.data(`asked for ${JSON.stringify(guide.actions)}`);

function nobodyCatches(): void {
  throw new Error("nobody catches this");
}
