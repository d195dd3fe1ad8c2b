import { type Call, CALLS } from "./routes.ts";

/** The kinds of faults, with a line for `--help`. */
export const FAULT_KINDS = {
  "slow-route": "One route of one service is sometimes slow",
  "failing-dependency": "A service fails, and customers don't notice",
  "lost-context": "A trace is split in two",
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
  | { kind: "blocked-collector"; blockade: Blockade };

const EVERY = [2, 3, 4];
const DELAYS_MS = [400, 600, 900];
const BLOCKADES: readonly Blockade[] = ["silent", "refusing"];

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
    case "blocked-collector":
      return { kind, blockade: choose(BLOCKADES) };
  }
}
