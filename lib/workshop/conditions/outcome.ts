import { replaceUnsafe } from "../../unsafe_text.ts";
import type { Check, Reason } from "../course/check.ts";
import type { Backends } from "../backends/backends.ts";
import type { OwnTraffic } from "../backends/own_traffic.ts";

/** The proof that a condition is met. */
export interface Evidence {
  traceId?: string;
  /** The trace ID of the guide's request. Whether there is such a trace depends on the app. */
  requestTraceId?: string;
  /** A series in Prometheus, with its labels. */
  series?: string;
  /** The app's name for the metric of this series, if known. */
  metric?: string;
  /** Of a response. */
  status?: number;
  /** In words. */
  text: string;
}

/** The result of checking a condition once. */
export type Finding =
  | { isMet: true; evidence: Evidence }
  | {
    isMet: false;
    reason: Reason;
    /** What was found instead, in words. */
    found: string;
    /** Whether more time can't help. */
    isFinal?: boolean;
  };

/** The state of a condition. */
export interface Outcome {
  id: string;
  says: string;
  /** Waiting: more time might help. */
  state: "passed" | "waiting" | "failed";
  /** Present with `passed`. */
  evidence?: Evidence;
  /** Present unless passed. */
  reason?: Reason;
  /** What was found instead, in words; empty if passed. */
  found: string;
  /** The course's text for the reason. */
  advice?: string;
}

/** The values of a counter's series, by their names with labels. */
export type Reading = Readonly<Record<string, number>>;

/** A response that the learner's own client got. */
export interface SeenResponse {
  /** When the app sent it, in milliseconds since 1970. */
  at: number;
  status: number;
  body: string;
}

/** The condition under which readings keep the number of the guide's own test spans. Ids have no parentheses. */
export const OWN_READING = "(own)";

/** Everything that checking a condition needs. */
export interface CheckContext {
  backends: Backends;
  /** The address of the learner's app, without a trailing slash. */
  appUrl: string;
  /** The learner's folder; the current one unless {@linkcode hasFolder}. */
  folder: string;
  /** Whether the learner has a folder, and not only the apps in the executable. */
  hasFolder: boolean;
  /** When the step began, in milliseconds since 1970. Nothing older counts. */
  startedAt: number;
  /** The values of counters when the step began, by condition. */
  readings: Readonly<Record<string, Reading>>;
  /** Counts the guide's own test spans. */
  own: OwnTraffic;
  /** The responses that the learner got, and showed to the guide. */
  seen: readonly SeenResponse[];
  /** Answered questions, and whether each answer was right. */
  answers: Readonly<Record<string, boolean>>;
  /** What a condition remembers from one check to the next. */
  memory: Map<string, unknown>;
}

/** Checks a condition once. */
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

/** An untrusted text in quotes, without characters that a terminal would act on. */
export function quoted(text: string): string {
  const safe = replaceUnsafe(text, () => "\u{fffd}");
  return `"${safe.length > 80 ? `${safe.slice(0, 79)}…` : safe}"`;
}

/** A list of names for a sentence, with the number of names left out. */
export function listed(names: readonly string[], max = 5): string {
  if (names.length === 0) return "none";
  const more = names.length > max ? ` and ${names.length - max} more` : "";
  return names.slice(0, max).map(quoted).join(", ") + more;
}
