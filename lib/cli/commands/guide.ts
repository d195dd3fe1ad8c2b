import type { Command } from "../command.ts";
import { UsageError } from "../errors.ts";
import { type ParsedFlags, parseMixed } from "../flags/flags.ts";
import { BrokenEnvironmentError, ENVIRONMENT_BROKEN } from "../guide/exit_codes.ts";
import { GUIDE_FLAGS, readWait } from "../guide/guide_flags.ts";
import type { Look } from "../guide/run_live.ts";
import { type Word, WORDS } from "../guide/word.ts";
import { flagEntries, section, wrap } from "../flags/help.ts";

/** Flags that stand with one word alone. */
const ONLY_WITH: Record<string, Word> = { out: "summary", force: "summary", teach: "show" };

const STARTED =
  "Started a collector for the length of this command; otel-kit guide keeps one running";

/** `otel-kit guide`: the workshop, step by step, each checked by what arrives. */
export const guide: Command = {
  flags: GUIDE_FLAGS,
  words: Object.keys(WORDS),
  async run(args, context) {
    const { word, stepName, parsed } = readArguments(args);
    if (parsed.values.has("help")) {
      context.output.data(help());
      return 0;
    }
    const isAll = parsed.values.has("all");
    if (isAll && (stepName !== undefined || (word !== "check" && word !== "reset"))) {
      throw new UsageError("Cannot use --all here: it stands with check or reset, without a step");
    }
    for (const [flag, only] of Object.entries(ONLY_WITH)) {
      if ((word ?? "show") === only || !parsed.values.has(flag)) continue;
      throw new UsageError(`Cannot use --${flag} with ${word ?? "show"}: it stands with ${only}`);
    }
    const maxPatienceMillis = readWait(parsed);
    const { Messages } = await import("../guide/messages.ts");
    const { openSession } = await import("../guide/session.ts");
    const messages = new Messages(context.output.status);
    const session = await openSession(parsed, messages.report);
    // A step that is not there is told before anything is started.
    if (stepName !== undefined) session.find(stepName);
    try {
      const look = word === undefined ? await chooseLook(parsed) : undefined;
      if (look) {
        const { runLive } = await import("../guide/run_live.ts");
        await runLive(look, { session, parsed, messages }, context);
        return 0;
      }
      const { openServers } = await import("../guide/servers.ts");
      await using servers = await openServers(parsed, {
        isStarting: word === "check" || word === "solve",
        report: messages.report,
      });
      session.backends = servers.backends;
      if (servers.own) messages.report(STARTED);
      const { run } = await import("../guide/run_word.ts");
      return await run(word ?? "show", {
        session,
        stepName,
        isAll,
        isJson: parsed.values.has("json"),
        flags: parsed.values,
        ...maxPatienceMillis !== undefined && { maxPatienceMillis },
      }, context);
    } catch (error) {
      if (!(error instanceof BrokenEnvironmentError)) throw error;
      context.output.status(error.message);
      return ENVIRONMENT_BROKEN;
    }
  },
};

/** Without a word: undefined where the step is only shown, once. */
async function chooseLook({ values }: ParsedFlags): Promise<Look | undefined> {
  if (values.has("json") || values.has("teach")) return undefined;
  if (values.has("plain")) return "lines";
  const { canDraw, readTerminalFacts } = await import("../guide/terminal/can_draw.ts");
  return canDraw(readTerminalFacts()) ? "screen" : undefined;
}

function readArguments(args: string[]): { word?: Word; stepName?: string; parsed: ParsedFlags } {
  const parsed = parseMixed(args, GUIDE_FLAGS);
  const [word, stepName, other] = parsed.rest;
  if (word !== undefined && !Object.hasOwn(WORDS, word)) {
    throw new UsageError(
      `Unknown word "${word}": expected one of ${Object.keys(WORDS).join(", ")}`,
    );
  }
  if (stepName !== undefined && (word === "list" || word === "summary")) {
    throw new UsageError(`Cannot use "${stepName}": ${word} is about the whole course`);
  }
  if (other !== undefined) {
    throw new UsageError(`Cannot use "${other}": expected one step at most`);
  }
  return {
    parsed,
    ...word !== undefined && { word: word as Word },
    ...stepName !== undefined && { stepName },
  };
}

function help(): string {
  return [
    "Usage: otel-kit guide [WORD] [STEP] [flags]",
    wrap(
      "The workshop in steps that check themselves by what your app sends. Without a word it looks " +
        "at the current step as telemetry arrives, until you leave it with q, and shows the same on " +
        "the collector's page; over a pipe it prints the step. STEP is a number or an id, or the " +
        "current step where it is left out.",
    ),
    section("Words", Object.entries(WORDS)),
    section("Flags", flagEntries(GUIDE_FLAGS)),
    section("Exit codes", [
      ["0", "passed"],
      ["1", "not yet"],
      ["2", "the command line is wrong"],
      ["3", "the environment is broken: the Collector, or who stands behind it"],
    ]),
    section("Try it", [
      ["lay out your folder", "otel-kit workshop init my-workshop"],
      ["see the first step", "otel-kit guide --dir my-workshop"],
      ["is it done?", "otel-kit guide check --dir my-workshop"],
    ]),
  ].join("\n\n");
}
