/** The workshop's guide as it stands: the step that is shown, and what is known of it. */
export interface GuideView {
  /** The course's title. */
  course: string;
  /** All steps in their order. */
  steps: GuideListedStep[];
  /** The number of the last step that is no bonus. */
  lastNumber: number;
  step: GuideStep;
  /** In the order of the step. */
  conditions: GuideCondition[];
  /** Whether all conditions are met. */
  isPassed: boolean;
  /** When the step was begun, in milliseconds since 1970: what is older does not count. */
  startedAt: number;
  /** What is waited for, and until when at most, in milliseconds since 1970. */
  waiting?: { says: string[]; until: number };
  /** The first link that is broken between app and backend; present where telemetry is missing. */
  brokenLink?: { name: string; found: string; fix: string };
  /** The hints that were asked for, of three. */
  hints: string[];
  /** Present once the step is passed. */
  answer?: string;
  /** What was done for the learner, since the solution was asked for. */
  solution?: GuideSolution;
  /** What is going on beside the looking; nothing else can be asked for meanwhile. */
  busy?: "check" | "solve" | "reset";
  /** The last thing that could not be done, and why. */
  problem?: string;
  /** Where this is shown in a browser, too; undefined where it is not. */
  pageUrl?: string;
  /** Whether the learner's own folder is looked at: then steps become `done`, else `shown`. */
  hasFolder: boolean;
}

/** A step in the list of all. */
export interface GuideListedStep {
  number: number;
  id: string;
  title: string;
  part: string;
  isBonus: boolean;
  minutes: number;
  state: GuideStepState;
}

/** How far a step is; empty is not begun. */
export type GuideStepState = "" | "begun" | "shown" | "done";

/** What there is to read of a step. */
export interface GuideStep extends GuideListedStep {
  /** Paragraphs, lists, `code`, **strong** and fenced blocks in Markdown. */
  text: string;
  /** Where the embedded collector stands in for a tool, and what would differ; Markdown. */
  embedded?: string;
  question: string;
  /** In the tutorial: `3-manual.md#step-8-the-manual-app`. */
  tutorial?: string;
  /** Modes of the app, before and after. */
  diff?: [from: string, to: string];
  /** Questions of the quiz that the step asks for. */
  quiz: GuideQuestion[];
}

/** A question of the quiz. */
export interface GuideQuestion {
  id: string;
  asks: string;
  choices: string[];
  /** Undefined until it was answered. */
  isRight?: boolean;
  /** Why the last answer was right or not. */
  why?: string;
}

/** A condition and what is known of it. */
export interface GuideCondition {
  id: string;
  /** In words, as it will be when it is met. */
  says: string;
  /** `waiting` is what more time may help. */
  state: "passed" | "waiting" | "failed";
  evidence?: GuideEvidence;
  /** What is there instead, in words; empty when passed. */
  found: string;
  advice?: string;
}

/** What shows that a condition is met; what is named can be looked at on the page. */
export interface GuideEvidence {
  /** In words. */
  text: string;
  traceId?: string;
  /** A request of the guide carried this trace id; whether a trace came of it is up to the app. */
  requestTraceId?: string;
  /** A series in Prometheus. */
  series?: string;
  /** The metric in the collector, where one is meant. */
  metric?: string;
  /** Of an answer. */
  status?: number;
}

/** What the learner did for a solution. */
export interface GuideSolution {
  state: "running" | "passed" | "failed";
  /** What was done, line by line. */
  lines: string[];
}

/** What can be asked of the guide. */
export type GuideAction =
  | { do: "next" | "back" | "check" | "hint" | "solve" | "reset" }
  | { goto: string }
  | { answer: { question: string; choice: number } };

/** The guide that a page shows. */
export interface GuideHandlers {
  view(): GuideView;
  /**
   * Does what is asked for, and resolves when it is done.
   *
   * @throws {Error} If it cannot be done.
   */
  act(action: GuideAction): Promise<void>;
  /** Calls back on every change. */
  subscribe(listener: (view: GuideView) => void): Disposable;
}
