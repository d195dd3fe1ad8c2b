import type { GuideAction, GuideView } from "../../../guests/guide.ts";
import type { CodeDiff } from "../../terminal/code_diff.ts";
import type { Canvas, Page } from "../../screen/page.ts";

/** The state of the view. Everything else comes from the guide. */
export interface Ui {
  page: PageName;
  /** The first line of the shown page, or the section that it begins with. */
  scroll: number | SectionName;
  /** The selected entry of the page: a step, or a question. */
  chosen: number;
  /** The action that waits for confirmation. */
  asks: "solve" | "reset" | undefined;
  /** What the step changes, file by file, once that is loaded. */
  diffs: readonly CodeDiff[];
  /** A note about the last key; empty if there is none. */
  note: string;
  /** Whether a requested action is still running. */
  isActing: boolean;
}

export type PageName = "step" | "list" | "diff" | "quiz" | "help";

/** The sections of a step's text. */
export type SectionName =
  | "text"
  | "questions"
  | "hints"
  | "answer"
  | "solution"
  | "all";

/** The heading of a section. */
export const FIRST_UI: Ui = {
  page: "step",
  scroll: 0,
  chosen: 0,
  asks: undefined,
  diffs: [],
  note: "",
  isActing: false,
};

/** Draws a page and handles its keys. */
export interface PageKind {
  draw(view: GuideView, ui: Ui, canvas: Canvas): Page<SectionName>;
  /** Undefined if the key has no meaning on the page. */
  press(key: string, view: GuideView, ui: Ui): Pressed | undefined;
}

/** The change that a key makes, and its effect. */
export interface Pressed {
  ui: Ui;
  effect?: Effect;
}

/** What a key starts; `diff` has the ID of a step. */
export type Effect = { act: GuideAction } | { diff: string } | { end: true };
