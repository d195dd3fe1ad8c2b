import type { GuideCondition, GuideView } from "../../../../guests/guide.ts";
import type { Style } from "../../../terminal/style.ts";
import { keysLine } from "../../../screen/keys_line.ts";
import { type Line, line, piece, wrap } from "../../../screen/line.ts";
import { inline, type Paper } from "../markdown.ts";
import { CONDITION_WORDS } from "../../report.ts";
import type { Canvas } from "../../../screen/page.ts";
import type { Ui } from "../ui.ts";
import { type Item, keep, RANKS } from "./item.ts";
import { oneLine } from "../../../terminal/text.ts";
import { readableWidth } from "./step_text.ts";

/** The share of the terminal's height for the text. */
const TEXT_SHARE = 0.3;
const MIN_TEXT_ROWS = 3;

/** Rows that are neither text nor foot: the head, and a rule on both sides of the text. */
const FIXED_ROWS = 3;

/** The indent of texts about a condition, after its state. */
const INDENT = 7;

const STYLES: Record<GuideCondition["state"], Style> = {
  passed: "green",
  waiting: "yellow",
  failed: "red",
};

const BUSY = {
  check: "Checking ...",
  solve: "Applying the solution ...",
  reset: "Starting the step over ...",
};

/** The lines below the text. If space is short, the least important ones are left out. */
export function stepFoot(
  view: GuideView,
  ui: Ui,
  { columns, rows, isColored, now }: Canvas,
): { lines: Line[]; isCut: boolean } {
  const paper = { width: readableWidth(columns), isColored };
  const free = rows - FIXED_ROWS - 1;
  const textRows = Math.max(MIN_TEXT_ROWS, Math.floor(rows * TEXT_SHARE));
  const after = [
    ...waitingItems(view, now, paper),
    ...brokenLinkItems(view, paper, now),
    { rank: RANKS.air, lines: [[]] },
    ...messageItems(view, ui, paper),
  ];
  const whole = keep([
    ...view.conditions.flatMap((condition) => conditionItems(condition, view, paper)),
    ...after,
  ], free - textRows);
  // What to do next matters more than a list of what is done, and than the text, which can be scrolled.
  const { lines, isCut } = whole.isCut
    ? {
      ...keep([...shortConditionItems(view, paper), ...after], free - MIN_TEXT_ROWS),
      isCut: true,
    }
    : whole;
  return {
    lines: [
      ...lines.map((shown) => [piece(" "), ...shown]),
      keysLine(keysOf(view, ui), columns),
    ],
    isCut,
  };
}

/** Everything known about the conditions, and the links of the path. */
export function conditionsLines(view: GuideView, paper: Paper): Line[] {
  return [
    line("Checks", "bold"),
    ...view.conditions.flatMap((condition) => conditionLines(condition, view, paper)),
    ...brokenLinkLines(view, paper),
  ];
}

/** Everything known about a condition. */
export function conditionLines(condition: GuideCondition, view: GuideView, paper: Paper): Line[] {
  return conditionItems(condition, view, paper, true).flatMap(({ lines }) => lines);
}

/** Where telemetry gets lost, if known. */
export function brokenLinkLines(view: GuideView, paper: Paper): Line[] {
  return brokenLinkItems(view, paper).flatMap(({ lines }) => lines);
}

/** The first open condition in full; a line each for those before it, and for the others. */
function shortConditionItems(view: GuideView, paper: Paper): Item[] {
  const { conditions } = view;
  const open = conditions.filter(({ state }) => state !== "passed");
  const [first, ...others] = open;
  const passed = conditions.length - open.length;
  const short = (state: GuideCondition["state"], text: string): Item => ({
    rank: RANKS.condition,
    lines: [[piece(CONDITION_WORDS[state].padEnd(INDENT - 1), STYLES[state]), piece(text)]],
  });
  return [
    ...passed > 0 ? [short("passed", `${passed} of ${conditions.length} passed`)] : [],
    ...first ? conditionItems(first, view, paper) : [],
    ...others.length > 0 ? [short(others[0]!.state, `${others.length} more: see Checks, End`)] : [],
  ];
}

function conditionItems(
  condition: GuideCondition,
  { conditions }: GuideView,
  paper: Paper,
  isWhole = false,
): Item[] {
  const { state, says, evidence, found, advice } = condition;
  const isFirst = isWhole || conditions.find(({ state }) => state !== "passed") === condition;
  const word = CONDITION_WORDS[state].padEnd(INDENT - 1);
  return [
    {
      rank: RANKS.condition,
      lines: wrap([piece(word, STYLES[state]), ...inline(says, paper.isColored)], paper.width, {
        rest: INDENT - 1,
      }),
    },
    ...evidence ? [about(RANKS.evidence, evidenceText(evidence), paper, "grey")] : [],
    ...found ? [about(isFirst ? RANKS.found : RANKS.otherFound, found, paper)] : [],
    ...advice && isFirst && state !== "passed" ? [about(RANKS.advice, advice, paper)] : [],
  ];
}

/** The proof that a condition is met, with the trace to look at. */
export function evidenceText({ text, traceId }: NonNullable<GuideCondition["evidence"]>): string {
  return traceId ? `${text} (trace ${traceId})` : text;
}

function about(rank: number, text: string, paper: Paper, style?: Style): Item {
  const pieces = style ? line(oneLine(text), style) : inline(oneLine(text), paper.isColored);
  return { rank, lines: wrap(pieces, paper.width, { first: INDENT - 1 }) };
}

function waitingItems(view: GuideView, now: number, { width }: Paper): Item[] {
  const { waiting, conditions, isPassed } = view;
  if (!waiting || isPassed) return [];
  const isSaid = waiting.says.every((says) =>
    conditions.some((condition) => condition.state === "waiting" && condition.says === says)
  );
  const text = waitingText(waiting, now, isSaid);
  return [{ rank: RANKS.waiting, lines: wrap(line(text, "yellow"), width) }];
}

/** What the guide is waiting for, and how long at most. */
export function waitingText(
  { says, until }: NonNullable<GuideView["waiting"]>,
  now: number,
  isSaid = false,
): string {
  const seconds = Math.ceil((until - now) / 1000);
  const how = seconds > 0 ? `Waiting up to ${seconds} s` : "Checking once more";
  return isSaid || says.length === 0 ? how : `${how} for: ${says.join("; ")}`;
}

function brokenLinkItems({ brokenLink }: GuideView, paper: Paper, now?: number): Item[] {
  if (!brokenLink) return [];
  const { name, found, fix, foundAt } = brokenLink;
  const age = now === undefined || foundAt === undefined ? "" : ageText(now - foundAt);
  return [
    {
      rank: RANKS.link,
      lines: wrap(line(`First broken link: ${name}${age}`, "bold"), paper.width),
    },
    ...[found, fix].filter((text) => text !== "").map((text) => about(RANKS.link, text, paper)),
  ];
}

/** How old a finding is; new ones are not worth the words. */
function ageText(millis: number): string {
  const seconds = Math.floor(millis / 1000);
  if (seconds < 5) return "";
  return seconds < 60
    ? ` (found ${seconds} s ago)`
    : ` (found ${Math.floor(seconds / 60)} min ago)`;
}

function messageItems(view: GuideView, ui: Ui, { width }: Paper): Item[] {
  const messages: [text: string, style: Style][] = [];
  if (view.isPassed) messages.push([passedText(view), "green"]);
  if (view.answer !== undefined) {
    messages.push([`Press End for the answer: ${view.step.question}`, "grey"]);
  }
  if (view.problem !== undefined) messages.push([view.problem, "red"]);
  if (ui.asks) messages.push([questionOf(ui.asks, view), "bold"]);
  else if (ui.note && ui.note !== view.problem) messages.push([ui.note, "bold"]);
  else if (view.busy) messages.push([BUSY[view.busy], "bold"]);
  return messages.map(([text, style]) => ({
    rank: RANKS.message,
    lines: wrap(line(oneLine(text), style), width),
  }));
}

/** Says that the step is passed, and which step is next. */
export function passedText({ steps, step }: GuideView): string {
  const next = steps[steps.findIndex(({ id }) => id === step.id) + 1];
  return next
    ? `Passed. Press n for step ${next.number}, ${next.title}`
    : "Passed. This was the last step";
}

/** The question before an action that can write files. */
export function questionOf(act: "solve" | "reset", { hasFolder }: GuideView): string {
  const folder = hasFolder ? " and writes to your folder" : "";
  return act === "solve"
    ? `This applies the solution${folder}. Continue? y/n`
    : `This starts the step over${folder}. Continue? y/n`;
}

function keysOf({ step, steps, hasMoreHints }: GuideView, { asks }: Ui): [string, string][] {
  if (asks) return [["y", "yes"], ["n", "no"]];
  const keys: [string, string, boolean][] = [
    ["n", "next", steps.at(-1)?.id !== step.id],
    ["b", "back", steps[0]?.id !== step.id],
    ["c", "check", true],
    ["h", "hint", hasMoreHints],
    ["a", "quiz", step.quiz.length > 0],
    ["d", "diff", step.hasDiff],
    ["s", "solution", true],
    ["l", "list", true],
    ["r", "reset", true],
    ["q", "quit", true],
    ["?", "keys", true],
  ];
  return keys.filter(([, , isUseful]) => isUseful).map(([key, does]) => [key, does]);
}
