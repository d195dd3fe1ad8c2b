import type { Signal } from "../../otlp/signal.ts";
import { checkStep, isPassed } from "../../workshop/check/check_step.ts";
import type { Outcome } from "../../workshop/conditions/outcome.ts";
import type { Check } from "../../workshop/course/check.ts";
import type { Step } from "../../workshop/course/step.ts";
import { climb } from "../../workshop/ladder/climb.ts";
import type { Rung } from "../../workshop/ladder/rung.ts";
import { readAppEnvironment } from "./app_environment.ts";
import { expectedProgram } from "./expected_program.ts";
import { ENVIRONMENT_BROKEN, NOT_YET } from "./exit_codes.ts";
import { checkLines, heading } from "./report.ts";
import type { Session } from "./session.ts";

/** Links that don't depend on the learner's code. */
const ENVIRONMENT: readonly string[] = ["receiver", "collector-exporter"];

/** Metrics that a Collector creates from the spans that it gets. */
const OF_SPANS = /^(otelcol|traces)_/;

/** The variable in the learner's configuration, and its default. */
const LAB_PORT = "LAB_PORT";
const DEFAULT_LAB_PORT = 24_318;

/** The result of a check. */
export interface StepResult {
  step: { number: string; id: string; title: string };
  passed: boolean;
  outcomes: Outcome[];
  /** The links of the path, up to the first broken one; only if telemetry is missing. */
  ladder?: Rung[];
}

/** Options of a check. */
export interface CheckOneOptions {
  /** The maximum wait, in milliseconds. */
  maxPatienceMillis?: number;
  report: (line: string) => void;
  signal: AbortSignal;
}

/** Checks one step, with the timeouts of its conditions. */
export async function checkOne(
  step: Step,
  session: Session,
  { report, ...options }: CheckOneOptions,
): Promise<StepResult> {
  const context = await session.contextOf(step);
  let told = "";
  const outcomes = await checkStep(step, context, {
    ...options,
    onProgress(outcomes, leftMillis) {
      const waiting = outcomes.filter(({ state }) => state === "waiting");
      if (waiting.length === 0) return;
      const line = `Waiting for: ${waiting.map(({ says }) => says).join("; ")}`;
      if (line !== told) report(`${line} (up to ${Math.ceil(leftMillis / 1000)} s)`);
      told = line;
    },
  });
  await session.note(step, outcomes);
  return await resultOf(step, outcomes, session);
}

/** Adds the links of the path if telemetry is missing. */
export async function resultOf(
  step: Step,
  outcomes: Outcome[],
  session: Session,
): Promise<StepResult> {
  const { number, id, title } = step;
  const result = { step: { number, id, title }, passed: isPassed(outcomes), outcomes };
  const ladder = await climbFor(step, outcomes, session);
  return { ...result, ...ladder && { ladder } };
}

/**
 * The links of the path, up to the first broken one; undefined if no telemetry is missing. The signal ends the
 * search early.
 */
export async function climbFor(
  step: Step,
  outcomes: readonly Outcome[],
  session: Session,
  signal?: AbortSignal,
): Promise<Rung[] | undefined> {
  if (isPassed(outcomes)) return undefined;
  const signals = missingSignals(step, outcomes);
  const isLocal = signals.length === 0;
  if (isLocal && !isAppMissing(step, outcomes)) return undefined;
  const { backends, appUrl, own, startedAt } = await session.contextOf(step);
  const service = step.conditions.map(({ check }) => check)
    .find((check) => check.kind === "trace" && !check.absent && check.service !== "*");
  return await climb({
    backends,
    appUrl,
    own,
    startedAt,
    command: session.command,
    environment: await readAppEnvironment(appUrl),
    signals,
    isLocal,
    ...expectedProgram(step, session),
    ...labOf(step),
    ...signal && { signal },
    ...service?.kind === "trace" && { service: service.service },
  });
}

/** The address of the learner's own Collector, as a property, if the step's solution runs it. */
function labOf({ solution }: Step): { labUrl?: string } {
  const hasLab = solution.some((action) => "kit" in action && action.kit.port === LAB_PORT);
  return hasLab ? { labUrl: `http://127.0.0.1:${Deno.env.get(LAB_PORT) || DEFAULT_LAB_PORT}` } : {};
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
): string[] {
  return [
    `${heading(step, session.course)}  [${passed ? "passed" : "not yet"}]`,
    ...checkLines(outcomes, ladder),
  ];
}

/**
 * The signals that failed conditions expect. Files, ports, and answers don't travel, so they can't get lost on
 * the way.
 */
function missingSignals(step: Step, outcomes: readonly Outcome[]): Signal[] {
  const signals = failedChecks(step, outcomes).flatMap((check): Signal[] => {
    if (check.kind === "metric") return [OF_SPANS.test(check.name) ? "traces" : "metrics"];
    if (check.kind === "log") return ["logs"];
    const isTraces = check.kind === "trace" && !check.absent ||
      check.kind === "collector" && check.accepted !== undefined;
    return isTraces ? ["traces"] : [];
  });
  return [...new Set(signals)];
}

function isAppMissing(step: Step, outcomes: readonly Outcome[]): boolean {
  return failedChecks(step, outcomes)
    .some((check) => check.kind === "http" && check.tool === undefined);
}

function failedChecks({ conditions }: Step, outcomes: readonly Outcome[]): Check[] {
  const failed = outcomes.filter(({ state }) => state !== "passed").map(({ id }) => id);
  return conditions.filter(({ id }) => failed.includes(id)).map(({ check }) => check);
}
