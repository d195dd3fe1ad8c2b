import { checkStep, isPassed } from "../../workshop/check/check_step.ts";
import type { CheckContext, Outcome } from "../../workshop/conditions/outcome.ts";
import type { Step } from "../../workshop/course/step.ts";
import { climb } from "../../workshop/ladder/climb.ts";
import type { Rung } from "../../workshop/ladder/rung.ts";
import type { CommandContext } from "../command.ts";
import { checkLines, heading } from "./report.ts";
import type { Session } from "./session.ts";

/** Exit codes of a check. */
export const NOT_YET = 1;
export const ENVIRONMENT_BROKEN = 3;

/** Links that are no fault of what the learner wrote. */
const ENVIRONMENT: readonly string[] = ["receiver", "collector-exporter"];

/** What a check has shown. */
export interface StepResult {
  step: { number: number; id: string; title: string };
  passed: boolean;
  outcomes: Outcome[];
  /** The links of the way, up to the first that is broken; where telemetry is missing. */
  ladder?: Rung[];
}

/** Checks one step, with the patience that its conditions have. */
export async function checkOne(
  step: Step,
  session: Session,
  { output, stop }: CommandContext,
): Promise<StepResult> {
  const context = await session.contextOf(step);
  let told = "";
  const outcomes = await checkStep(step, context, {
    signal: stop,
    onProgress(outcomes, leftMillis) {
      const waiting = outcomes.filter(({ state }) => state === "waiting");
      if (waiting.length === 0) return;
      const line = `Waiting for: ${waiting.map(({ says }) => says).join("; ")}`;
      if (line !== told) output.status(`${line} (up to ${Math.ceil(leftMillis / 1000)} s)`);
      told = line;
    },
  });
  await session.note(step, outcomes);
  return await resultOf(step, outcomes, context);
}

/** Adds the ladder, where telemetry is missing. */
export async function resultOf(
  step: Step,
  outcomes: Outcome[],
  context: CheckContext,
): Promise<StepResult> {
  const { number, id, title } = step;
  const passed = isPassed(outcomes);
  const result = { step: { number, id, title }, passed, outcomes };
  if (passed || !isAboutTelemetry(step, outcomes)) return result;
  const { backends, appUrl, startedAt } = context;
  const service = step.conditions.map(({ check }) => check)
    .find((check) => check.kind === "trace" && !check.absent && check.service !== "*");
  const ladder = await climb({
    backends,
    appUrl,
    startedAt,
    env: Deno.env.toObject(),
    ...service?.kind === "trace" && { service: service.service },
  });
  return { ...result, ladder };
}

/** The exit code of a check. */
export function exitCodeOf({ passed, ladder = [] }: StepResult): number {
  if (passed) return 0;
  const broken = ladder.find(({ isWhole }) => !isWhole);
  return broken && ENVIRONMENT.includes(broken.name) ? ENVIRONMENT_BROKEN : NOT_YET;
}

/** A result for people. */
export function resultLines(
  { outcomes, ladder, passed }: StepResult,
  step: Step,
  session: Session,
) {
  return [
    `${heading(step, session.course)}  [${passed ? "passed" : "not yet"}]`,
    ...checkLines(outcomes, ladder),
  ];
}

/** Files, ports and answers have no way to be lost on. */
function isAboutTelemetry({ conditions }: Step, outcomes: readonly Outcome[]): boolean {
  const failed = outcomes.filter(({ state }) => state !== "passed").map(({ id }) => id);
  return conditions.some(({ id, check }) =>
    failed.includes(id) &&
    (check.kind === "trace" && !check.absent || check.kind === "metric" || check.kind === "log" ||
      check.kind === "collector" && check.accepted !== undefined)
  );
}
