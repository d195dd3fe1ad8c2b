import { type Fault, FAULT_KIND_NAMES } from "./fault.ts";
import { ROUTES, SERVICE_NAMES, spanOf } from "./routes.ts";

/** A learner's answer. Missing parts aren't judged. */
export interface Answer {
  kind?: string | undefined;
  service?: string | undefined;
  /** The name of the server span. */
  span?: string | undefined;
}

/** The response to an answer. */
export interface Verdict {
  /** Incomplete: nothing is wrong, but something is missing. */
  outcome: "right" | "incomplete" | "wrong";
  /** A line for each part of the answer, and one with the next step. */
  says: string[];
}

/**
 * Judges an answer. For a fault of the shop, service and span are required, and the kind is optional
 * but must not be wrong. For a blocked Collector, the kind is required.
 */
export function judge(answer: Answer, fault: Fault): Verdict {
  const wanted = solutionOf(fault);
  const parts = PARTS.flatMap(({ name, known }) => {
    const given = answer[name];
    return given === undefined
      ? []
      : [{ name, given, known, isRight: isSame(given, wanted[name]) }];
  });
  const says = parts.map(({ name, given, known, isRight }) => {
    if (isRight) return `${name} "${given}": right`;
    const isKnown = known.some((one) => isSame(given, one));
    return `${name} "${given}": ${isKnown ? "no" : `unknown; expected ${known.join(", ")}`}`;
  });
  const needed = PARTS.filter(({ name }) => wanted[name] !== undefined && isNeeded(name, fault));
  const missing = needed.filter(({ name }) => answer[name] === undefined);
  const isAllRight = parts.every(({ isRight }) => isRight);
  if (isAllRight && missing.length > 0) {
    says.push(
      `Half of it is right. Now add ${missing.map(({ name }) => `--${name}`).join(" and ")}`,
    );
  }
  const nudge = isAllRight ? undefined : nudgeFor(answer, fault);
  if (nudge) says.push(nudge);
  return { outcome: isAllRight ? missing.length > 0 ? "incomplete" : "right" : "wrong", says };
}

/** The whole answer. */
export function solutionOf(fault: Fault): Answer {
  if (fault.kind === "blocked-collector") return { kind: fault.kind };
  const { from, to } = fault.call;
  const route = fault.kind === "lost-context" ? from : to;
  return { kind: fault.kind, service: route.service, span: spanOf(route) };
}

const PARTS: readonly { name: keyof Answer; known: readonly string[] }[] = [
  { name: "kind", known: FAULT_KIND_NAMES },
  { name: "service", known: SERVICE_NAMES },
  { name: "span", known: ROUTES.map(spanOf) },
];

function isNeeded(name: keyof Answer, fault: Fault): boolean {
  return (name === "kind") === (fault.kind === "blocked-collector");
}

function isSame(given: string, wanted: string | undefined): boolean {
  return given.trim().toLowerCase() === wanted?.toLowerCase();
}

/** A hint if the answer names the other end of the call with the fault. */
function nudgeFor({ service, span }: Answer, fault: Fault): string | undefined {
  if (fault.kind === "blocked-collector" || span === undefined) return undefined;
  const { from, to } = fault.call;
  const other = fault.kind === "lost-context" ? to : from;
  if (!isSame(span, spanOf(other))) return undefined;
  if (service !== undefined && !isSame(service, other.service)) return undefined;
  return {
    "slow-route": "Close: it takes that long because it waits. For which service?",
    "failing-dependency": "Close: it hides a failure. Which service failed?",
    "lost-context": "Close: the second trace begins here. Which caller didn't pass its trace on?",
  }[fault.kind];
}
