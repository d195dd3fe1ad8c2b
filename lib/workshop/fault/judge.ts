import { type Evidence, MIN_DIGITS } from "./evidence.ts";
import { type Fault, FAULT_KIND_NAMES } from "./fault.ts";
import { type Call, type Route, ROUTES, SERVICE_NAMES, spanOf } from "./routes.ts";

/** A learner's answer. Missing parts aren't judged. */
export interface Answer {
  kind?: string | undefined;
  service?: string | undefined;
  /** The name of the server span. */
  span?: string | undefined;
  /** The ID of a trace that shows the fault, or its first digits. */
  trace?: string | undefined;
}

/** The response to an answer. */
export interface Verdict {
  /** Incomplete: nothing is wrong, but something is missing. */
  outcome: "right" | "incomplete" | "wrong";
  /** A line for each part of the answer, and one with the next step. */
  says: string[];
}

type Part = keyof Answer;

/**
 * Judges an answer. A fault of a route requires service and span, one of a whole service requires
 * kind and service, and both require a trace that shows it. A blocked Collector requires the kind.
 * Other parts are optional, but must not be wrong.
 */
export function judge(answer: Answer, fault: Fault, evidence: Evidence): Verdict {
  const given = PARTS.flatMap((part) => {
    const text = answer[part];
    return text === undefined || !isJudged(part, fault) ? [] : [{ part, text }];
  });
  const judged = given.map(({ part, text }) => ({
    part,
    text,
    isRight: part === "trace" ? evidence.has(text) : isSame(text, solutionOf(fault)[part]),
  }));
  const says = judged.map(({ part, text, isRight }) =>
    `${part} "${text}": ${isRight ? "right" : whyNot(part, text)}`
  );
  const missing = neededParts(fault).filter((part) => answer[part] === undefined);
  const isAllRight = judged.every(({ isRight }) => isRight);
  if (isAllRight && missing.length > 0) says.push(askFor(missing));
  const nudge = isAllRight ? undefined : nudgeFor(answer, fault);
  if (nudge) says.push(nudge);
  return { outcome: isAllRight ? missing.length > 0 ? "incomplete" : "right" : "wrong", says };
}

/** The whole answer, without a trace. */
export function solutionOf(fault: Fault): Omit<Answer, "trace"> {
  const { kind } = fault;
  if (kind === "blocked-collector") return { kind };
  if ("service" in fault) return { kind, service: fault.service };
  const route = "route" in fault ? fault.route : culpritOf(kind, fault.call);
  return { kind, service: route.service, span: spanOf(route) };
}

/** Which end of a call has the fault. */
function culpritOf(kind: Fault["kind"], { from, to }: Call): Route {
  const isCaller = kind === "lost-context" || kind === "retry-storm" || kind === "repeated-calls";
  return isCaller ? from : to;
}

const PARTS: readonly Part[] = ["kind", "service", "span", "trace"];

const KNOWN: Record<Exclude<Part, "trace">, readonly string[]> = {
  kind: FAULT_KIND_NAMES,
  service: SERVICE_NAMES,
  span: ROUTES.map(spanOf),
};

/** A fault of a whole service has no span, and nothing that isn't sent has a trace. */
function isJudged(part: Part, fault: Fault): boolean {
  if (part === "span") return !("service" in fault);
  return part !== "trace" || fault.kind !== "blocked-collector";
}

function neededParts(fault: Fault): Part[] {
  if (fault.kind === "blocked-collector") return ["kind"];
  return ["service" in fault ? "kind" : "span", "service", "trace"];
}

function isSame(given: string, wanted: string | undefined): boolean {
  return given.trim().toLowerCase() === wanted?.toLowerCase();
}

function whyNot(part: Part, text: string): string {
  if (part === "trace") {
    return text.trim().length < MIN_DIGITS
      ? `too short; expected ${MIN_DIGITS} digits or more`
      : "it doesn't show the fault";
  }
  const known = KNOWN[part];
  return known.some((one) => isSame(text, one)) ? "no" : `unknown; expected ${known.join(", ")}`;
}

function askFor(missing: readonly Part[]): string {
  if (missing.length === 1 && missing[0] === "trace") {
    return "Now prove it. Add --trace with the ID of a trace that shows it";
  }
  const flags = missing.toSorted((a, b) => PARTS.indexOf(a) - PARTS.indexOf(b));
  return `A part of it is right. Now add ${flags.map((part) => `--${part}`).join(" and ")}`;
}

/** A hint if the answer names the other end of the call with the fault. */
function nudgeFor({ service, span }: Answer, fault: Fault): string | undefined {
  if (!("call" in fault) || span === undefined) return undefined;
  const { from, to } = fault.call;
  const other = culpritOf(fault.kind, fault.call) === from ? to : from;
  if (!isSame(span, spanOf(other))) return undefined;
  if (service !== undefined && !isSame(service, other.service)) return undefined;
  return {
    "slow-route": "Close: it takes that long because it waits. For which service?",
    "failing-dependency": "Close: it hides a failure. Which service failed?",
    "lost-context": "Close: the second trace begins here. Which caller didn't pass its trace on?",
    "retry-storm": "Close: it fails because it gets too many requests. Who sends them?",
    "repeated-calls": "Close: it is called again and again. Who calls it?",
  }[fault.kind];
}
