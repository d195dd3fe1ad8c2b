import { UnreachableError } from "../backends/ask.ts";
import type { Check } from "../course/check.ts";
import type { Condition } from "../course/step.ts";
import { lookAtCollector, readAccepted } from "./collector.ts";
import { lookAtFile } from "./file.ts";
import { lookAtHints } from "./hints.ts";
import { lookAtHttp } from "./http.ts";
import { lookAtLog } from "./log.ts";
import { lookAtMetric, readMetric } from "./metric.ts";
import {
  type CheckContext,
  type Finding,
  met,
  notMet,
  type Outcome,
  OWN_READING,
  type Reading,
} from "./outcome.ts";
import { lookAtPort } from "./port.ts";
import { lookAtQuiz } from "./quiz.ts";
import { lookAtSeen } from "./seen.ts";
import { lookAtShutdown } from "./shutdown.ts";
import { lookAtSpans } from "./spans.ts";
import { lookAtTrace } from "./trace.ts";

/** Checks a condition once: it is met, or it can still be. */
export async function evaluate(condition: Condition, context: CheckContext): Promise<Outcome> {
  const { id, says, fails } = condition;
  const finding = await look(condition, context);
  if (finding.isMet) {
    return { id, says, state: "passed", evidence: finding.evidence, found: "" };
  }
  const { reason, found, isFinal } = finding;
  const advice = fails[reason];
  const state = isFinal ? "failed" : "waiting";
  return { id, says, state, reason, found, ...advice !== undefined && { advice } };
}

/** Reads the values of counters, for conditions about their growth. */
export async function readCounters(
  conditions: readonly Condition[],
  context: Pick<CheckContext, "backends" | "own">,
): Promise<Record<string, Reading>> {
  const readings: Record<string, Reading> = {};
  readings[OWN_READING] = { spans: await context.own.countSpans() };
  for (const { id, check } of conditions) {
    try {
      if (check.kind === "metric" && check.grew) readings[id] = await readMetric(check, context);
      if (check.kind === "collector" && check.accepted !== undefined) {
        readings[id] = await readAccepted(check.accepted, context);
      }
    } catch (error) {
      // Growth then counts from the first successful reading.
      if (!(error instanceof UnreachableError)) throw error;
    }
  }
  return readings;
}

async function look({ id, check, isOwn }: Condition, context: CheckContext): Promise<Finding> {
  if (isOwn && !context.hasFolder) {
    return met({ text: "not checked: it is about your own file, and no folder is set" });
  }
  try {
    return await lookAt(check, context, id);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return notMet("unreachable", error.message);
  }
}

function lookAt(check: Check, context: CheckContext, id: string): Promise<Finding> {
  switch (check.kind) {
    case "http":
      return lookAtHttp(check, context, id);
    case "trace":
      return lookAtTrace(check, context, id);
    case "metric":
      return lookAtMetric(check, context, id);
    case "log":
      return lookAtLog(check, context, id);
    case "collector":
      return lookAtCollector(check, context, id);
    case "port":
      return lookAtPort(check, context, id);
    case "file":
      return lookAtFile(check, context, id);
    case "quiz":
      return lookAtQuiz(check, context, id);
    case "seen":
      return lookAtSeen(check, context, id);
    case "shutdown":
      return lookAtShutdown(check, context, id);
    case "spans":
      return lookAtSpans(check, context, id);
    case "hints":
      return lookAtHints(check, context, id);
  }
}
