import type { GuideAction, GuideHandlers, GuideView } from "../../lib/guests/guide.ts";

/** A guide without a course. It shows what the test sets, and records the requested actions. */
export interface TestGuide {
  handlers: GuideHandlers;
  view: GuideView;
  actions: GuideAction[];
  /** Why the next action is refused. */
  refusal?: string;
  /** Changes the view, and notifies the listeners. */
  change(changes: Partial<GuideView>): void;
}

const STEPS: GuideView["steps"] = [
  { id: "test-base", title: "Test the base app", part: "The base app", minutes: 6, state: "done" },
  { id: "see-manual", title: "See the manual app", part: "By hand", minutes: 10, state: "begun" },
  { id: "logs", title: "From a log record to its trace", part: "Bonus", minutes: 6, state: "" },
].map((step, i) => ({
  ...step,
  number: ["7", "10", "22"][i]!,
  isBonus: step.part === "Bonus",
  state: step.state as "" | "begun" | "done",
}));

/** A step in progress: one condition met, one waiting. */
const VIEW: GuideView = {
  course: "From no telemetry to telemetry without code",
  steps: STEPS,
  lastNumber: "17",
  step: {
    ...STEPS[1]!,
    text:
      "Send both requests:\n\n```sh\ncurl localhost:5000\n```\n\n**Jaeger**: look for `root`.\n",
    question: "Who set the error status?",
    tutorial: "3-manual.md#step-10-see-the-manual-app",
    hasDiff: true,
    diff: ["base", "manual"],
    quiz: [],
  },
  conditions: [
    {
      id: "root-span",
      says: 'A span "root" without a parent has the event "root_event"',
      state: "passed",
      evidence: { text: "it arrived", traceId: "0af7651916cd43dd8448eb211c80319c" },
      found: "",
    },
    {
      id: "error-span",
      says: "The span of /error has status ERROR and an exception",
      state: "waiting",
      found: 'span "root" arrived, status UNSET',
      advice: "Did you send /error? If so, the status is missing: `root.setStatus(…)` in catch.",
    },
  ],
  isPassed: false,
  startedAt: 1_700_000_000_000,
  hints: [],
  hasMoreHints: true,
  hasFolder: false,
};

/** Starts a guide for a test, in the middle of a step by default. */
export function startTestGuide(changes: Partial<GuideView> = {}): TestGuide {
  const listeners = new Set<(view: GuideView) => void>();
  const guide: TestGuide = {
    view: { ...VIEW, ...changes },
    actions: [],
    change(changes) {
      guide.view = { ...guide.view, ...changes };
      for (const listener of listeners) listener(guide.view);
    },
    handlers: {
      view: () => guide.view,
      act(action) {
        if (guide.refusal !== undefined) return Promise.reject(new Error(guide.refusal));
        guide.actions.push(action);
        return Promise.resolve();
      },
      subscribe(listener) {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      },
    },
  };
  return guide;
}

/** General hints with these texts. */
export function testHints(...texts: string[]): GuideView["hints"] {
  return texts.map((text, index) => ({ title: `Hint ${index + 1} of 3`, text }));
}
