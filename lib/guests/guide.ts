/** The current state of the workshop's guide: the shown step, and what is known about it. */
export interface GuideView {
  /** The course's title. */
  course: string;
  /** All steps in order. */
  steps: GuideListedStep[];
  /** The number of the last step that is not a bonus step. */
  lastNumber: string;
  step: GuideStep;
  /** In the step's order. */
  conditions: GuideCondition[];
  /** Whether all conditions are met. */
  isPassed: boolean;
  /** When the step began, in milliseconds since 1970. Nothing older counts. */
  startedAt: number;
  /** What the guide is waiting for, and until when at most, in milliseconds since 1970. */
  waiting?: { says: string[]; until: number };
  /** The first broken link between app and backend; set if telemetry is missing. */
  brokenLink?: GuideBrokenLink;
  /** The requested hints: those for what was wrong, and up to three general ones. */
  hints: GuideHint[];
  /** Whether a general hint is left. */
  hasMoreHints: boolean;
  /** Set once the step is passed. */
  answer?: string;
  /** What the learner's program needs to become the step's solution, when it was last asked for. */
  changes?: GuideChanges[];
  /** The result of the requested solution. */
  solution?: GuideSolution;
  /** The action that is running besides the checks; no other can start meanwhile. */
  busy?: "check" | "solve" | "reset";
  /** The last thing that failed, and why. */
  problem?: string;
  /** The URL of the page that also shows the guide; undefined if there is none. */
  pageUrl?: string;
  /**
   * Whether the learner's own folder is checked: passed steps are then `done`, otherwise `shown`.
   */
  hasFolder: boolean;
}

/** A hint. */
export interface GuideHint {
  /** What it is about. */
  title: string;
  /** In Markdown. */
  text: string;
}

/** A broken link between app and backend. */
export interface GuideBrokenLink {
  name: string;
  /** What was found, in words. */
  found: string;
  fix: string;
  /** When it was found, in milliseconds since 1970. */
  foundAt?: number;
}

/** A step in the list of all steps. */
export interface GuideListedStep {
  number: string;
  id: string;
  title: string;
  part: string;
  isBonus: boolean;
  minutes: number;
  state: GuideStepState;
}

/** The state of a step; empty if it hasn't begun. */
export type GuideStepState = "" | "begun" | "shown" | "done";

/** The texts of a step. */
export interface GuideStep extends GuideListedStep {
  /** In Markdown: paragraphs, lists, `code`, **strong** and fenced blocks. */
  text: string;
  question: string;
  /** The section of the tutorial, such as `3-manual.md#step-8-the-manual-app`. */
  tutorial?: string;
  /** Whether there is something to compare: the learner's program with the solution, or two modes. */
  hasDiff: boolean;
  /** The app's modes before and after the step. */
  diff?: [from: string, to: string];
  /** The quiz questions that the step requires. */
  quiz: GuideQuestion[];
}

/** A quiz question. */
export interface GuideQuestion {
  id: string;
  asks: string;
  choices: string[];
  /** Undefined until it is answered. */
  isRight?: boolean;
  /** Whether the first answer was right; undefined until it is answered. */
  isFirstRight?: boolean;
  /** Why the last answer was right or wrong. */
  why?: string;
}

/** A condition, and what is known about it. */
export interface GuideCondition {
  id: string;
  /** In words, as it reads once it is met. */
  says: string;
  /** `waiting` means that more time might help. */
  state: "passed" | "waiting" | "failed";
  evidence?: GuideEvidence;
  /** What was found instead, in words; empty if passed. */
  found: string;
  advice?: string;
}

/** The proof that a condition is met. The page links to what it names. */
export interface GuideEvidence {
  /** In words. */
  text: string;
  traceId?: string;
  /** The trace id of the guide's request. Whether there is such a trace depends on the app. */
  requestTraceId?: string;
  /** A series in Prometheus. */
  series?: string;
  /** The metric's name in the collector, if the evidence is about a metric. */
  metric?: string;
  /** The status of a response. */
  status?: number;
}

/** The changes from one file to another; no lines if nothing differs. */
export interface GuideChanges {
  fromFile: string;
  toFile: string;
  lines: readonly { kind: "same" | "added" | "removed" | "gap"; text: string }[];
}

/** A solution that is being applied, or was. */
export interface GuideSolution {
  state: "running" | "passed" | "failed";
  /** The actions so far, one per line. */
  lines: string[];
}

/** An action that the guide can perform. */
export type GuideAction =
  | { do: "next" | "back" | "check" | "hint" | "diff" | "solve" | "reset" }
  | { goto: string }
  | { answer: { question: string; choice: number } };

/** The guide that a page shows. */
export interface GuideHandlers {
  view(): GuideView;
  /**
   * Performs the action, and resolves when it is done.
   *
   * @throws {Error} If that is not possible.
   */
  act(action: GuideAction): Promise<void>;
  /** Calls the listener on every change. */
  subscribe(listener: (view: GuideView) => void): Disposable;
}
