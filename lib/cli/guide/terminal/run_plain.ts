import { messageOf } from "../../../error_message.ts";
import type { GuideAction, GuideHandlers, GuideView } from "../../../guests/guide.ts";
import { aborted, anySignal, within } from "../../../time.ts";
import type { Output } from "../../output.ts";
import { readLines } from "../../files/read_lines.ts";
import type { CodeDiff } from "../../terminal/code_diff.ts";
import { isYes, type PlainCommand, readCommand } from "./commands.ts";
import { questionOf } from "./pages/step_foot.ts";
import {
  changesText,
  diffText,
  listText,
  questionsText,
  standingText,
  stepText,
  wordsText,
  wrapped,
} from "./plain_text.ts";

/** Options of {@linkcode runPlainGuide}. */
export interface PlainGuideOptions {
  output: Output;
  /** The source of commands, one per line. */
  input: ReadableStream<Uint8Array<ArrayBuffer>>;
  stop: AbortSignal;
  /** What a step changes in the code, by its ID. */
  diff: (stepId: string) => Promise<readonly CodeDiff[]>;
}

/** A check without a result after this time won't have one. */
const LOOK_PATIENCE_MS = 10_000;

/**
 * Prints the guide line by line, for pipes and screen readers: the step, then changes. Ends at q,
 * when stopped, when the output is closed, and at the end of the input once every check has a result.
 */
export async function runPlainGuide(
  guide: GuideHandlers,
  { output, input, stop: asked, diff }: PlainGuideOptions,
): Promise<void> {
  const gone = new AbortController();
  const stop = anySignal(asked, gone.signal);
  let told = guide.view();
  let confirmed: "solve" | "reset" | undefined;
  say(stepText(told));
  say(["", "Type a letter and press Enter; ? lists all commands"]);
  using _changes = guide.subscribe(tell);
  const stopped = aborted(stop);

  for await (const text of readLines(input, stop, { keepsInput: true })) {
    if (text.trim() === "") continue;
    const command = confirmed ? confirm(text, confirmed) : readCommand(text, told);
    confirmed = undefined;
    if ("end" in command) return;
    await Promise.race([run(command), stopped]);
  }
  if (stop.aborted) return;
  await Promise.race([settled(guide), stopped]);
  if (!stop.aborted) say(["", ...standingText(guide.view())]);

  function say(lines: readonly string[]): void {
    for (const line of lines) {
      if (!output.data(line)) return gone.abort();
    }
  }

  function tell(view: GuideView): void {
    const before = told;
    told = view;
    say(changesText(before, view, Date.now()));
  }

  async function run(command: PlainCommand): Promise<void> {
    if ("act" in command) await act(command.act);
    else if ("refuse" in command) say(wrapped(command.refuse));
    else if ("confirm" in command) {
      confirmed = command.confirm;
      say(wrapped(questionOf(command.confirm, told)));
    } else if ("show" in command) say(await textOf(command.show, told, diff));
  }

  async function act(action: GuideAction): Promise<void> {
    try {
      await guide.act(action);
    } catch (error) {
      const problem = messageOf(error);
      if (problem !== told.problem) say(wrapped(problem));
    }
  }
}

/** The lines of a requested page. */
async function textOf(
  what: "diff" | "list" | "help" | "questions",
  view: GuideView,
  diff: PlainGuideOptions["diff"],
): Promise<string[]> {
  switch (what) {
    case "list":
      return listText(view);
    case "help":
      return wordsText();
    case "questions":
      return questionsText(view);
    case "diff":
      return view.step.hasDiff
        ? (await diff(view.step.id)).flatMap(diffText)
        : ["This step has no diff, because it changes no code"];
  }
}

/** Runs the action only if it is confirmed. */
function confirm(text: string, asked: "solve" | "reset"): PlainCommand {
  return isYes(text.trim().toLowerCase())
    ? { act: { do: asked } }
    : { refuse: "Nothing was done: expected y" };
}

/** Resolves when nothing is running, and no check is waiting. */
async function settled(guide: GuideHandlers): Promise<void> {
  let looks = 0;
  while (true) {
    const view = guide.view();
    const { waiting, conditions } = view;
    const isBusy = view.busy !== undefined;
    const isOpen = conditions.some(({ state }) => state === "waiting");
    const left = waiting ? waiting.until - Date.now() : looks > 0 ? 0 : LOOK_PATIENCE_MS;
    if (!isBusy && (!isOpen || left <= 0)) return;
    const { promise: changed, resolve } = Promise.withResolvers<void>();
    using _changes = guide.subscribe(() => resolve());
    if (!await within(isBusy ? Infinity : left, changed)) return;
    if (!isBusy) looks++;
  }
}
