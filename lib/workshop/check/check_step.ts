import type { CheckKind } from "../course/check.ts";
import type { Condition, Step } from "../course/step.ts";
import { evaluate } from "../conditions/evaluate.ts";
import type { CheckContext, Outcome } from "../conditions/outcome.ts";
import { sleep } from "../../time.ts";

/**
 * How long to wait for each kind, unless the condition specifies it: the time that the data can
 * take to arrive.
 */
const PATIENCE_MS: Record<CheckKind, number> = {
  http: 5000,
  trace: 15_000,
  // An SDK exports once a minute, and Prometheus scrapes every few seconds.
  metric: 75_000,
  log: 15_000,
  collector: 15_000,
  port: 2000,
  file: 0,
  quiz: 0,
  // The learner acts while the guide waits.
  seen: 0,
  shutdown: 60_000,
  spans: 15_000,
  hints: 0,
};
/** Enough time for telemetry on its way to arrive, and then for the test span. */
const ABSENCE_PATIENCE_MS = 25_000;
const POLL_MS = 250;
/** Each check may send a request to the app. */
const ENDLESS_POLL_MS = 1000;

/** Whether telemetry that arrives can break the condition. */
export function isAbsence({ check }: Condition): boolean {
  switch (check.kind) {
    case "trace":
      return check.absent === true;
    case "spans":
      return check.atMost !== undefined;
    default:
      return check.kind === "hints";
  }
}

/** Options of {@linkcode checkStep}. */
export interface CheckOptions {
  /** Called for each change, with the remaining time. */
  onProgress?: (outcomes: readonly Outcome[], leftMillis: number) => void;
  /** The maximum time to wait for what may still arrive; 0 checks once. */
  maxPatienceMillis?: number;
  /** Never gives up: checks until everything is met or the signal aborts, even during a check. */
  isEndless?: boolean;
  signal?: AbortSignal;
}

/**
 * Checks all conditions of a step repeatedly, until each is met or its time is up. Conditions that
 * forbid telemetry come last, once all others are decided, so that it had a chance to arrive. If all
 * others are met, these get the time that they need.
 */
export async function checkStep(
  step: Pick<Step, "conditions">,
  context: CheckContext,
  options: CheckOptions = {},
): Promise<Outcome[]> {
  const { onProgress = () => {}, maxPatienceMillis = Infinity, isEndless = false, signal } =
    options;
  const outcomes = new Map<string, Outcome>();
  const ordered = () => step.conditions.flatMap(({ id }) => outcomes.get(id) ?? []);
  const present = step.conditions.filter((condition) => !isAbsence(condition));
  const waitsFor = (condition: Condition) => openBefore(condition, step.conditions, outcomes);
  for (const part of [present, step.conditions.filter(isAbsence)]) {
    const starts = new Map<Condition, number>();
    const isLast = part !== present && present.length > 0 && isPassed(ordered());
    const patience = (condition: Condition) =>
      Math.min(patienceOf(condition), isLast ? Infinity : maxPatienceMillis);
    let open = part;
    while (open.length > 0) {
      for (const condition of open) {
        if (isEndless && signal?.aborted) break;
        const [before] = waitsFor(condition);
        if (!before && !starts.has(condition)) starts.set(condition, Date.now());
        outcomes.set(
          condition.id,
          before ? notYet(condition, before) : await evaluate(condition, context),
        );
      }
      // The time of a condition begins when it can be checked for the first time.
      const leftOf = (condition: Condition) => {
        const start = starts.get(condition);
        if (start !== undefined) return patience(condition) - (Date.now() - start);
        const isWaiting = waitsFor(condition).some((one) => open.includes(one));
        return isWaiting ? patience(condition) : 0;
      };
      open = open.filter((condition) => {
        const outcome = outcomes.get(condition.id);
        if (!outcome) return false;
        if (isEndless && !signal?.aborted) return outcome.state !== "passed";
        if (outcome.state === "waiting" && (leftOf(condition) <= 0 || signal?.aborted)) {
          outcomes.set(condition.id, { ...outcome, state: "failed" });
          return false;
        }
        return outcome.state === "waiting";
      });
      onProgress(ordered(), Math.max(...open.map(leftOf), 0));
      if (open.length > 0) await sleep(isEndless ? ENDLESS_POLL_MS : POLL_MS, signal);
    }
  }
  return ordered();
}

/** The conditions that must be met before another one, and aren't. */
function openBefore(
  { after = [] }: Condition,
  conditions: readonly Condition[],
  outcomes: ReadonlyMap<string, Outcome>,
): Condition[] {
  return conditions.filter(({ id }) => after.includes(id) && outcomes.get(id)?.state !== "passed");
}

function notYet({ id, says }: Condition, before: Condition): Outcome {
  return { id, says, state: "waiting", found: `checked once this has passed: ${before.says}` };
}

/** Whether all conditions are met. */
export function isPassed(outcomes: readonly Outcome[]): boolean {
  return outcomes.length > 0 && outcomes.every(({ state }) => state === "passed");
}

/** How long to wait for a condition, in milliseconds. */
export function patienceOf({ withinMillis, check }: Condition): number {
  const usual = check.kind === "trace" && check.absent
    ? ABSENCE_PATIENCE_MS
    : PATIENCE_MS[check.kind];
  return withinMillis ?? usual;
}
