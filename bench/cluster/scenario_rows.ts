import type { Role } from "../../tests/helpers/cluster/programs.ts";
import { SPANS_PER_TRACE } from "../../tests/helpers/traces.ts";
import type { Outcome } from "./run.ts";
import { msPerThousand } from "./usage.ts";

/** Outcomes by scenario, in the order of the table. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** What was lost in each scenario, and how late the rest came. */
export function lossRows(design: string, outcomes: Outcomes): string[][] {
  const number = (n: number) => n.toLocaleString("en");
  return [
    [
      design,
      "sent",
      "repeated",
      "to keep",
      "kept",
      "lost",
      "duplicated",
      "stored again",
      "readable after (median)",
      "(longest)",
      "counted 1",
      "counted 2",
      "gap 1",
      "gap 2",
      "load",
    ],
    ...Array.from(outcomes, ([name, outcome]) => [
      name,
      number(outcome.sent),
      number(outcome.repeated),
      number(outcome.toKeep),
      number(outcome.kept),
      number(outcome.toKeep - outcome.kept),
      number(outcome.duplicated),
      percent(outcome.storedAgain),
      `${outcome.medianDelay.toFixed(0)} s`,
      `${outcome.longestDelay.toFixed(0)} s`,
      ...outcome.metrics.map(({ counted }) => percent(counted / spansOf(outcome))),
      ...outcome.metrics.map(({ longestGap }) => `${longestGap.toFixed(0)} s`),
      outcome.machineLoad.toFixed(0),
    ]),
  ];
}

/** What each piece used in each scenario: `ms` of CPU time per 1,000 spans sent, and the most MiB of one. */
export function usageRows(design: string, outcomes: Outcomes): string[][] {
  const roles = [...outcomes.values()][0]!.usage.keys().toArray();
  const ms = (outcome: Outcome, role: Role) =>
    msPerThousand(outcome.usage.get(role)?.cpuSeconds ?? 0, spansOf(outcome));
  const peak = (outcome: Outcome, role: Role) => (outcome.usage.get(role)?.peakMiB ?? 0).toFixed(0);
  return [
    [design, ...roles.flatMap((role) => [`${role}: ms`, "MiB"]), "seconds"],
    ...Array.from(outcomes, ([name, outcome]) => [
      name,
      ...roles.flatMap((role) => [ms(outcome, role), peak(outcome, role)]),
      outcome.seconds.toFixed(0),
    ]),
  ];
}

function spansOf({ sent }: Outcome): number {
  return sent * SPANS_PER_TRACE;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
