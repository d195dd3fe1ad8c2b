import {
  byNeed,
  type ClassLearner,
  type ClassView,
  countStandings,
  formatMinutes,
  type Standing,
  standingOf,
  stepLabel,
} from "../../class/class_view.ts";
import { visible } from "../../unsafe_text.ts";
import { keysLine } from "../screen/keys_line.ts";
import { type Line, line, wrap } from "../screen/line.ts";
import type { Canvas, Page } from "../screen/page.ts";
import type { Style } from "../terminal/style.ts";
import { cut, fit } from "../terminal/text.ts";

/** What the teacher chose, and what is told. */
export interface ClassPageState {
  /** How learners take part. */
  joinLines: readonly string[];
  /** Whether those who may need help are first; otherwise, rows are in the order of names. */
  isByNeed: boolean;
  /** Whether the next key confirms that all rows go. */
  isClearing: boolean;
  /** Whether that is shown beside the rows. */
  isJoining: boolean;
  note: string;
}

const STYLES: Partial<Record<Standing, Style>> = {
  away: "grey",
  stuck: "red",
  shown: "yellow",
  done: "green",
};

/** The columns after name and step: state, broken link, time at the step, and gaps. */
const FIXED_WIDTH = 1 + 9 + 20 + 8;

/** The learners, one line each. */
export function classPage(view: ClassView, state: ClassPageState, canvas: Canvas): Page {
  const { columns } = canvas;
  const { learners, at } = view;
  const shown = state.isByNeed ? byNeed(learners, at) : learners;
  return {
    head: line(` otel-kit class  ${countStandings(learners, at)}`, "bold"),
    headings: line(
      row(
        { name: "name", step: "step", standing: "state", link: "broken link", time: "for" },
        columns,
      ),
      "grey",
    ),
    lines: shown.length > 0 ? shown.map((learner) => learnerLine(learner, view, columns)) : [
      line(" Nobody has joined yet. Learners take part with this command:"),
      [],
      ...join(state, columns),
    ],
    foot: [
      ...state.isJoining && shown.length > 0 ? join(state, columns) : [noteLine(state, columns)],
      keys(state, columns),
    ],
  };
}

interface Row {
  name: string;
  step: string;
  standing: string;
  link: string;
  time: string;
}

function row({ name, step, standing, link, time }: Row, columns: number): string {
  const names = Math.max(columns - FIXED_WIDTH, 12);
  const nameWidth = Math.floor(names * 0.4);
  const [nameCell, stepCell] = [fit(name, nameWidth - 1), fit(step, names - nameWidth - 1)];
  return cut(
    ` ${nameCell} ${stepCell} ${fit(standing, 8)} ${fit(link, 19)} ${time.padStart(7)}`,
    columns,
  );
}

function learnerLine(learner: ClassLearner, view: ClassView, columns: number): Line {
  const standing = standingOf(learner, view.at);
  const text = row({
    name: visible(learner.name),
    step: stepLabel(view, learner.step),
    standing,
    link: learner.link ?? "",
    time: formatMinutes(view.at - learner.stepSince),
  }, columns);
  return line(text, STYLES[standing]);
}

function join({ joinLines }: ClassPageState, columns: number): Line[] {
  return joinLines.flatMap((text) => wrap(line(text, "cyan"), columns - 1, { first: 1 }));
}

function noteLine({ isClearing, note }: ClassPageState, columns: number): Line {
  if (isClearing) return line(" Remove all rows, for the next group? y removes them", "yellow");
  return note ? line(cut(` ${note}`, columns), "yellow") : [];
}

function keys({ isByNeed }: ClassPageState, columns: number): Line {
  return keysLine([
    ["↑↓", "scroll"],
    ["s", isByNeed ? "sort by name" : "sort by need"],
    ["j", "join"],
    ["e", "export"],
    ["x", "next group"],
    ["q", "quit"],
  ], columns);
}
