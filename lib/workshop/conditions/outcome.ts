import { replaceUnsafe } from "../../unsafe_text.ts";
import type { Check, Reason } from "../course/check.ts";
import type { Backends } from "../backends/backends.ts";

/** What shows that a condition is met. */
export interface Evidence {
  traceId?: string;
  /** A request of ours carried this trace id; whether a trace came of it is up to the app. */
  requestTraceId?: string;
  /** A series in Prometheus, with its labels. */
  series?: string;
  /** The metric that the series is of, by the name that the app gave it, where that is known. */
  metric?: string;
  /** Of an answer. */
  status?: number;
  /** In words. */
  text: string;
}

/** What one look at a condition has shown. */
export type Finding =
  | { isMet: true; evidence: Evidence }
  | {
    isMet: false;
    reason: Reason;
    /** What is there instead, in words. */
    found: string;
    /** More time will not help. */
    isFinal?: boolean;
  };

/** What became of a condition. */
export interface Outcome {
  id: string;
  says: string;
  /** Waiting is what more time may help. */
  state: "passed" | "waiting" | "failed";
  /** Present with `passed`. */
  evidence?: Evidence;
  /** Present unless passed. */
  reason?: Reason;
  /** What is there instead, in words; empty when passed. */
  found: string;
  /** The course's text for the reason. */
  advice?: string;
}

/** What the series of a counter stand at, by their names with labels. */
export type Reading = Readonly<Record<string, number>>;

/** What conditions are judged by. */
export interface CheckContext {
  backends: Backends;
  /** The learner's app, without a last slash. */
  appUrl: string;
  /** Where the learner's files are. */
  folder: string;
  /** When the step began, in milliseconds since 1970: what is older does not count. */
  startedAt: number;
  /** What counters stood at when the step began, by condition. */
  readings: Readonly<Record<string, Reading>>;
  /** Questions that were answered, and whether right. */
  answers: Readonly<Record<string, boolean>>;
  /** What a condition remembers from one look to the next. */
  memory: Map<string, unknown>;
}

/** Takes one look at what a condition is about. */
export type Look<C extends Check> = (
  check: C,
  context: CheckContext,
  conditionId: string,
) => Promise<Finding>;

/** A condition that is met. */
export function met(evidence: Evidence): Finding {
  return { isMet: true, evidence };
}

/** A condition that is not met, or not yet. */
export function notMet(reason: Reason, found: string): Finding {
  return { isMet: false, reason, found };
}

/** A text of somebody else's in quotes, without what a terminal would act on. */
export function quoted(text: string): string {
  const safe = replaceUnsafe(text, () => "\u{fffd}");
  return `"${safe.length > 80 ? `${safe.slice(0, 79)}…` : safe}"`;
}

/** Names as a list for a sentence, with how many are left out. */
export function listed(names: readonly string[], max = 5): string {
  if (names.length === 0) return "none";
  const more = names.length > max ? ` and ${names.length - max} more` : "";
  return names.slice(0, max).map(quoted).join(", ") + more;
}
