import { type Call, CALLS, ENTRANCE, type Route, ROUTES, SERVICE_NAMES } from "./routes.ts";
import type { ServiceName } from "./routes.ts";

/** The kinds of faults, with a line for `--help`. */
export const FAULT_KINDS = {
  "slow-route": "One route of one service is sometimes slow",
  "failing-dependency": "A service fails, and customers don't notice",
  "lost-context": "A trace is split in two",
  "memory-growth": "A route keeps more and more in memory",
  "retry-storm": "A service retries at once, again and again",
  "repeated-calls": "A service asks for one thing at a time, and for more and more",
  "wrong-sampling": "A service decides by itself which traces to keep",
  "cardinality": "A metric gets more and more series",
  "clock-skew": "The clock of a service is wrong",
  "blocked-collector": "The shop is healthy, but its telemetry doesn't arrive",
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;

export const FAULT_KIND_NAMES = Object.keys(FAULT_KINDS) as FaultKind[];

/**
 * How a blocked gateway treats a sender: it accepts the request and stays silent, or rejects it.
 */
export type Blockade = "silent" | "refusing";

/** A fault, and its location. */
export type Fault =
  | {
    kind: "slow-route";
    call: Call;
    /** One in this many requests is affected. */
    every: number;
    /** How much longer such a request takes. */
    delayMillis: number;
  }
  | { kind: "failing-dependency"; call: Call; every: number }
  | { kind: "lost-context"; call: Call }
  /** One in `every` answers is never dropped from the route's cache. */
  | { kind: "memory-growth"; route: Route; every: number }
  /** Once in `every` requests, the called route fails `failures` times, and its caller retries. */
  | { kind: "retry-storm"; call: Call; every: number; failures: number }
  /** With each request, the caller sends one more for the same thing, up to `most`. */
  | { kind: "repeated-calls"; call: Call; most: number }
  /** The service keeps one in `every` requests, whatever its caller decided. */
  | { kind: "wrong-sampling"; service: ServiceName; every: number }
  | { kind: "cardinality"; route: Route }
  | { kind: "clock-skew"; service: ServiceName; skewMillis: number }
  | { kind: "blocked-collector"; blockade: Blockade };

const EVERY = [2, 3, 4];
const DELAYS_MS = [400, 600, 900];
const FAILURES = [4, 5, 6];
const MOST_CALLS = [8, 10, 12];
const SKEWS_MS = [-4000, 2500, 6000];
const BLOCKADES: readonly Blockade[] = ["silent", "refusing"];

/** A trace that begins in a service without a sampled caller is just missing, which shows nothing. */
const CALLED_SERVICES = SERVICE_NAMES.filter((name) => name !== ENTRANCE.service);

/** Larger than the number of possible faults. */
export const MAX_SEED = 9999;

/**
 * The fault for a seed, always the same one. The seed is read as a mixed-radix number from its end:
 * each choice takes a digit, so that every fault has a seed, and neighboring seeds differ.
 */
export function chooseFault(seed: number, asked?: FaultKind): Fault {
  let rest = seed;
  function choose<T>(choices: readonly T[]): T {
    const choice = choices[rest % choices.length]!;
    rest = Math.floor(rest / choices.length);
    return choice;
  }
  const chosen = choose(FAULT_KIND_NAMES);
  const kind = asked ?? chosen;
  switch (kind) {
    case "slow-route":
      return { kind, call: choose(CALLS), every: choose(EVERY), delayMillis: choose(DELAYS_MS) };
    case "failing-dependency":
      return { kind, call: choose(CALLS), every: choose(EVERY) };
    case "lost-context":
      return { kind, call: choose(CALLS) };
    case "memory-growth":
      return { kind, route: choose(ROUTES), every: choose(EVERY) };
    case "retry-storm":
      return { kind, call: choose(CALLS), every: choose(EVERY), failures: choose(FAILURES) };
    case "repeated-calls":
      return { kind, call: choose(CALLS), most: choose(MOST_CALLS) };
    case "wrong-sampling":
      return { kind, service: choose(CALLED_SERVICES), every: choose(EVERY) };
    case "cardinality":
      return { kind, route: choose(ROUTES) };
    case "clock-skew":
      return { kind, service: choose(SERVICE_NAMES), skewMillis: choose(SKEWS_MS) };
    case "blocked-collector":
      return { kind, blockade: choose(BLOCKADES) };
  }
}

/** A seed of this kind; `random` is from 0 to 1, exclusively. */
export function seedOf(kind: FaultKind, random: number): number {
  const kinds = FAULT_KIND_NAMES.length;
  const rounds = Math.floor((MAX_SEED + 1) / kinds);
  return Math.floor(random * rounds) * kinds + FAULT_KIND_NAMES.indexOf(kind);
}
