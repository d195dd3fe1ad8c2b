import { type Fault, FAULT_KIND_NAMES } from "./fault.ts";
import { ROUTES, SERVICE_NAMES, spanOf } from "./routes.ts";

/** What a learner believes; what is left out is not judged. */
export interface Answer {
  kind?: string | undefined;
  service?: string | undefined;
  /** The name of the server span. */
  span?: string | undefined;
}

/** What is to be said to an answer. */
export interface Verdict {
  /** Incomplete is an answer of which nothing is wrong, and something is missing. */
  outcome: "right" | "incomplete" | "wrong";
  /** A line for each part of the answer, and one that leads on. */
  says: string[];
}

/**
 * Judges an answer. A fault of the shop is found by service and span, whatever is said of its kind as
 * long as it is not wrong; a Collector that is blocked is found by its kind.
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
    return `${name} "${given}": ${isKnown ? "no" : `there is none; expected ${known.join(", ")}`}`;
  });
  const needed = PARTS.filter(({ name }) => wanted[name] !== undefined && isNeeded(name, fault));
  const missing = needed.filter(({ name }) => answer[name] === undefined);
  const isAllRight = parts.every(({ isRight }) => isRight);
  if (isAllRight && missing.length > 0) {
    says.push(`Half of it. Now: ${missing.map(({ name }) => `--${name}`).join(" and ")}`);
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

/** Where the learner looks at the other end of the very call that the fault is in. */
function nudgeFor({ service, span }: Answer, fault: Fault): string | undefined {
  if (fault.kind === "blocked-collector" || span === undefined) return undefined;
  const { from, to } = fault.call;
  const other = fault.kind === "lost-context" ? to : from;
  if (!isSame(span, spanOf(other))) return undefined;
  if (service !== undefined && !isSame(service, other.service)) return undefined;
  return {
    "slow-route": "Near: it takes that long because it waits. For whom?",
    "failing-dependency": "Near: it keeps the failure to itself. Whose failure?",
    "lost-context":
      "Near: here the second trace begins. Who asked, and did not say for which trace?",
  }[fault.kind];
}
