import type { GuideAction, GuideView } from "../../../guests/guide.ts";
import type { DiffLine } from "../../terminal/code_diff.ts";
import type { Line } from "./line.ts";

/** What the learner is looking at. Everything else comes from the guide. */
export interface Ui {
  page: PageName;
  /** The first line of the page that is shown, or the section that it begins with. */
  scroll: number | SectionName;
  /** Which of the page's entries is meant: of the steps, or of the questions. */
  chosen: number;
  /** The action that waits for confirmation. */
  asks: "solve" | "reset" | undefined;
  /** The lines of the step's diff, once they are read. */
  diff: readonly DiffLine[] | undefined;
  /** A word on the last key; empty if there is none. */
  note: string;
  /** Whether something that was asked for is not done yet. */
  isActing: boolean;
}

export type PageName = "step" | "list" | "diff" | "quiz" | "help";

/** The sections of a step's text. */
export type SectionName =
  | "text"
  | "embedded"
  | "questions"
  | "hints"
  | "answer"
  | "solution"
  | "all";

/** How one begins. */
export const FIRST_UI: Ui = {
  page: "step",
  scroll: 0,
  chosen: 0,
  asks: undefined,
  diff: undefined,
  note: "",
  isActing: false,
};

/** The drawing area. */
export interface Canvas {
  columns: number;
  rows: number;
  isColored: boolean;
  /** In milliseconds since 1970. */
  now: number;
}

/** Something that fills the terminal. */
export interface Page {
  /** One line. */
  head: Line;
  /** The lines that can scroll. */
  lines: Line[];
  /** Always seen, below. */
  foot: Line[];
  /** Where sections begin in `lines`. */
  sections?: Partial<Record<SectionName, number>>;
  /** A line of `lines` that must be seen. */
  focus?: number;
}

/** How a page is drawn, and what its keys do. */
export interface PageKind {
  draw(view: GuideView, ui: Ui, canvas: Canvas): Page;
  /** Undefined where the key means nothing here. */
  press(key: string, view: GuideView, ui: Ui): Pressed | undefined;
}

/** The change that a key makes, and its effect. */
export interface Pressed {
  ui: Ui;
  effect?: Effect;
}

export type Effect = { act: GuideAction } | { diff: [from: string, to: string] } | { end: true };
