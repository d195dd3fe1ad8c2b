import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import { BrokenEnvironmentError, ENVIRONMENT_BROKEN } from "../guide/exit_codes.ts";
import { type GivenGuideFlags, GUIDE_FLAGS, readWait } from "../guide/guide_flags.ts";
import type { Look } from "../guide/run_live.ts";
import { type Word, WORDS } from "../guide/word.ts";
import { LENGTHS } from "../../workshop/timing/plan.ts";
import { isGiven } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";

/** Flags that apply to a single word. */
const ONLY_WITH = [
  ["out", ["summary", "certificate"]],
  ["force", ["summary", "certificate"]],
  ["teach", ["show"]],
  ["plan", ["show"]],
] as const satisfies readonly [string, readonly Word[]][];

/** The flags that `--help` lists. */
const USUAL_FLAGS = [
  "dir",
  "app-url",
  "backend",
  "ui-port",
  "wait",
  "class",
  "all",
  "teach",
  "plain",
  "json",
] as const;

/** `otel-kit guide`: the workshop, step by step, each checked by the telemetry that arrives. */
export const guide = defineCommand({
  name: "guide",
  flags: GUIDE_FLAGS,
  usualFlags: USUAL_FLAGS,
  words: Object.keys(WORDS),
  arguments: "mixed",
  help,
  async run({ flags, rest }, context) {
    const { word, stepName } = readArguments(rest);
    const isAll = flags.all;
    if (isAll && (stepName !== undefined || (word !== "check" && word !== "reset"))) {
      throw new UsageError("Cannot use --all here: use it with check or reset, without a step");
    }
    for (const [flag, only] of ONLY_WITH) {
      const used = word ?? "show";
      if (only.some((one) => one === used) || !isGiven(flags[flag])) continue;
      throw new UsageError(`Cannot use --${flag} with ${used}: use it with ${only.join(" or ")}`);
    }
    const isNamed = flags.class !== undefined || word === "summary" || word === "certificate";
    if (flags.name !== undefined && !isNamed) {
      throw new UsageError("Cannot use --name here: use it with --class, summary, or certificate");
    }
    if (flags.plan !== undefined && !Object.hasOwn(LENGTHS, flags.plan)) {
      throw new UsageError(`Cannot use --plan "${flags.plan}": expected 3.5h or 90m`);
    }
    const maxPatienceMillis = readWait(flags);
    const { classOf } = await import("../guide/class_report.ts");
    if (classOf(flags) && (word !== undefined || flags.json || flags.teach || flags.plan)) {
      throw new UsageError("Cannot use --class here: only the live guide reports to a class");
    }
    const { Messages } = await import("../guide/messages.ts");
    const { openSession } = await import("../guide/session.ts");
    const messages = new Messages(context.output.status);
    const session = await openSession(flags, messages.report);
    // A missing step is reported before anything is started.
    if (stepName !== undefined) session.find(stepName);
    try {
      const look = word === undefined ? await chooseLook(flags) : undefined;
      if (look) {
        const { runLive } = await import("../guide/run_live.ts");
        await runLive(look, { session, flags, messages }, context);
        return 0;
      }
      const { openServers } = await import("../guide/servers.ts");
      await using servers = await openServers(flags, {
        isStarting: word === "check" || word === "solve",
        report: messages.report,
      });
      session.backends = servers.backends;
      if (servers.own) {
        messages.report(
          "Started a collector for the length of this command; " +
            `${session.command} guide keeps one running`,
        );
      }
      const { run } = await import("../guide/run_word.ts");
      return await run(word ?? "show", {
        session,
        stepName,
        isAll,
        isJson: flags.json,
        flags,
        ...maxPatienceMillis !== undefined && { maxPatienceMillis },
      }, context);
    } catch (error) {
      if (!(error instanceof BrokenEnvironmentError)) throw error;
      context.output.status(error.message);
      return ENVIRONMENT_BROKEN;
    }
  },
});

/** Without a word: undefined if the step is only printed once. */
async function chooseLook(
  { json, teach, plan, plain }: GivenGuideFlags,
): Promise<Look | undefined> {
  if (json || teach || plan) return undefined;
  if (plain) return "lines";
  const { canDraw, readTerminalFacts } = await import("../screen/can_draw.ts");
  return canDraw(readTerminalFacts()) ? "screen" : undefined;
}

function readArguments(
  [word, stepName, other]: readonly string[],
): { word?: Word; stepName?: string } {
  if (word !== undefined && !Object.hasOwn(WORDS, word)) {
    throw new UsageError(
      `Unknown word "${word}": expected one of ${Object.keys(WORDS).join(", ")}`,
    );
  }
  if (
    stepName !== undefined && ["list", "summary", "certificate", "dashboard"].includes(word ?? "")
  ) {
    throw new UsageError(`Cannot use "${stepName}": ${word} takes no step`);
  }
  if (other !== undefined) {
    throw new UsageError(`Cannot use "${other}": expected one step at most`);
  }
  return {
    ...word !== undefined && { word: word as Word },
    ...stepName !== undefined && { stepName },
  };
}

function help(): Help {
  return {
    usage: "[WORD] [STEP] [flags]",
    about: "Takes you through the workshop. Each step checks itself by what your app sends. " +
      "Without WORD, the guide watches the current step until you press q, and shows it " +
      "on the collector's page, too; in a pipe, it prints the step. STEP is a number or " +
      "an ID; the default is the current step.",
    words: section("Words", Object.entries(WORDS)),
    more: [
      section("Exit codes", [
        ["0", "passed"],
        ["1", "not yet"],
        ["2", "usage error"],
        ["3", "the environment is broken: the Collector, or a backend behind it"],
      ]),
      section("Try it", [
        ["create your folder", "otel-kit workshop init my-workshop"],
        ["see the first step", "otel-kit guide --dir my-workshop"],
        ["is it done?", "otel-kit guide check --dir my-workshop"],
      ]),
    ],
  };
}
