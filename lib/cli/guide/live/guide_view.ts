import type {
  GuideCondition,
  GuideHint,
  GuideListedStep,
  GuideQuestion,
  GuideStepState,
  GuideView,
} from "../../../guests/guide.ts";
import { isPassed, patienceOf } from "../../../workshop/check/check_step.ts";
import type { Outcome } from "../../../workshop/conditions/outcome.ts";
import { shuffledChoices } from "../../../workshop/course/shuffle.ts";
import type { Condition, Course, Step } from "../../../workshop/course/step.ts";
import type { CourseProgress, StepProgress } from "../../../workshop/progress/progress.ts";
import { stateOf } from "../report.ts";
import { hasDiff } from "../step_diff.ts";

/** The state of the shown step, in addition to the progress. */
export interface LiveState
  extends Pick<GuideView, "brokenLink" | "changes" | "solution" | "busy" | "problem"> {
  /** By condition, since the step is shown. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** The last time a condition was met or checked, in milliseconds since 1970. */
  changedAt: number;
  /** Why the last answer was right or wrong. */
  whys: ReadonlyMap<string, string>;
}

/** All data for a view. */
export interface ViewSource {
  course: Course;
  progress: CourseProgress;
  step: Step;
  /** The URL of the collector whose page shows the guide. */
  pageUrl?: string;
  state: LiveState;
}

const NOT_LOOKED = "not checked yet";
const LOOKED_LAST = "checked after everything else has passed";

/** The current state of the guide. */
export function guideView(source: ViewSource): GuideView {
  const { course, progress, step, pageUrl, state } = source;
  const { brokenLink, changes, solution, busy, problem } = state;
  const own = progress.steps[step.id];
  const conditions = step.conditions.map((one) => conditionView(one, own, state));
  const passed = isStepPassed(own, step, state);
  const waiting = passed ? undefined : waitingFor(step, state);
  return {
    course: course.title,
    steps: course.steps.map((one) => listed(one, progress)),
    lastNumber: course.steps.findLast(({ bonus }) => !bonus)?.number ?? course.steps.at(-1)!.number,
    step: {
      ...listed(step, progress),
      text: step.text,
      question: step.question,
      ...step.tutorial !== undefined && { tutorial: step.tutorial },
      hasDiff: hasDiff(step, progress.folder),
      ...step.diff && { diff: step.diff },
      quiz: questionsOf(step, course).map((question) => questionView(question, progress, state)),
    },
    conditions,
    isPassed: passed,
    startedAt: own?.startedAt ?? state.changedAt,
    ...waiting && { waiting },
    ...brokenLink && !passed && { brokenLink },
    hints: hintsOf(step, own),
    hasMoreHints: (own?.hintsShown ?? 0) < step.hints.length,
    ...passed && { answer: step.answer },
    ...changes && { changes },
    ...solution && { solution },
    ...busy && { busy },
    ...problem !== undefined && { problem },
    ...pageUrl !== undefined && { pageUrl },
    hasFolder: progress.folder !== undefined,
  };
}

/** Whether a step is passed: by the current results, or, without any, by earlier ones. */
export function isStepPassed(
  own: StepProgress | undefined,
  step: Step,
  { outcomes }: Pick<LiveState, "outcomes">,
): boolean {
  if (outcomes.size === 0) return own?.done !== undefined;
  return outcomes.size === step.conditions.length && isPassed([...outcomes.values()]);
}

/** The quiz questions of a step. */
export function questionsOf({ conditions }: Step, { quiz }: Course): Course["quiz"] {
  const ids = conditions.flatMap(({ check }) => check.kind === "quiz" ? check.questions : []);
  return quiz.filter(({ id }) => ids.includes(id));
}

function hintsOf({ hints }: Step, own: StepProgress | undefined): GuideHint[] {
  const { hintsFor = [], hintsShown = 0 } = own ?? {};
  return [
    ...hintsFor.map(({ key, text }) => ({ title: `Hint for what is wrong: ${key}`, text })),
    ...hints.slice(0, hintsShown).map((text, index) => ({
      title: `Hint ${index + 1} of ${hints.length}`,
      text,
    })),
  ];
}

function listed(
  { number, id, title, part, bonus, minutes }: Step,
  { steps }: CourseProgress,
): GuideListedStep {
  const state: GuideStepState = stateOf(steps[id]);
  return { number, id, title, part, isBonus: bonus, minutes, state };
}

function conditionView(
  { id, says, check }: Condition,
  own: StepProgress | undefined,
  { outcomes }: LiveState,
): GuideCondition {
  const outcome = outcomes.get(id);
  if (outcome) {
    const { state, evidence, found, advice } = outcome;
    return {
      id,
      says,
      state,
      found,
      ...evidence && { evidence },
      ...advice !== undefined && { advice },
    };
  }
  const shown = outcomes.size === 0 ? own?.done?.evidence[id] : undefined;
  if (shown) return { id, says, state: "passed", evidence: shown, found: "" };
  const isAbsence = check.kind === "trace" && check.absent === true;
  return { id, says, state: "waiting", found: isAbsence ? LOOKED_LAST : NOT_LOOKED };
}

/** What can still arrive, and how long that can take. */
function waitingFor(
  { conditions }: Step,
  { outcomes, changedAt }: LiveState,
): GuideView["waiting"] {
  const open = conditions.filter((condition) =>
    outcomes.get(condition.id)?.state === "waiting" &&
    changedAt + patienceOf(condition) > Date.now()
  );
  if (open.length === 0) return undefined;
  return {
    says: open.map(({ says }) => says),
    until: changedAt + Math.max(...open.map(patienceOf)),
  };
}

function questionView(
  question: Course["quiz"][number],
  { answers, firstTries = {}, learner = "" }: CourseProgress,
  { whys }: LiveState,
): GuideQuestion {
  const { id, asks } = question;
  const isRight = answers[id];
  const why = whys.get(id);
  return {
    id,
    asks,
    choices: shuffledChoices(question, learner).map(({ text }) => text),
    ...isRight !== undefined && { isRight },
    ...isRight !== undefined && { isFirstRight: firstTries[id] === true },
    ...why !== undefined && { why },
  };
}
