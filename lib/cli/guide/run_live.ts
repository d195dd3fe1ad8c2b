import type { CommandContext } from "../command.ts";
import type { GivenGuideFlags } from "./guide_flags.ts";
import { classOf, reportToClass } from "./class_report.ts";
import { LiveGuide } from "./live/live_guide.ts";
import type { Messages } from "./messages.ts";
import { openServers } from "./servers.ts";
import type { Session } from "./session.ts";
import { stepDiffs } from "./step_diff.ts";

/** How the guide is shown: full screen, or line by line. */
export type Look = "screen" | "lines";

/** Options of {@linkcode runLive}. */
export interface LiveOptions {
  session: Session;
  flags: GivenGuideFlags;
  messages: Messages;
}

/**
 * Runs the guide until the user quits. It checks the current step as telemetry arrives, and shows it in
 * the terminal and, if it started the collector itself, on the collector's page.
 *
 * @throws {BrokenEnvironmentError} If the collector can't be started.
 */
export async function runLive(
  look: Look,
  { session, flags, messages }: LiveOptions,
  { output, stop }: CommandContext,
): Promise<void> {
  const guide = new LiveGuide(session, stop);
  const { report } = messages;
  await using servers = await openServers(flags, { isStarting: true, report, guide });
  session.backends = servers.backends;
  guide.pageUrl = servers.own?.uiUrl;
  const inClass = classOf(flags);
  await using _class = inClass && reportToClass(guide, inClass);
  const diff = (stepId: string) => stepDiffs(session.find(stepId), session);
  try {
    await guide.start();
    if (look === "lines") {
      const { runPlainGuide } = await import("./terminal/run_plain.ts");
      await runPlainGuide(guide, { output, input: Deno.stdin.readable, stop, diff });
    } else {
      const { runGuideView } = await import("./terminal/run_view.ts");
      using _held = messages.hold();
      await runGuideView(guide, { stop, diff });
    }
  } finally {
    await guide[Symbol.asyncDispose]();
  }
}
