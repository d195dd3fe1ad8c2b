import type { Role } from "../../tests/helpers/cluster/programs.ts";
import { fit } from "./fit.ts";
import type { RateCost } from "./growth.ts";
import { msPerThousand } from "./usage.ts";

/** Where the fitted cost is extended to. */
const EXTENDED = [1_000, 10_000, 100_000, 1_000_000];
const SECONDS_PER_DAY = 86_400;
/** How busy a core may be, so that there is room for peaks and for a server that is gone. */
const BUSY_SHARE = 0.5;
/** Errors, slow traces, and 1 % of the others. */
const KEPT_SHARE = 0.03;
/** A rate is carried if the pipeline isn't behind when sending ends. */
const CARRIED_SHARE = 0.9;

/** What each rate cost, by role: `ms` are of CPU time per 1,000 spans, idle servers' included. */
export function measuredRows(costs: readonly RateCost[]): string[][] {
  const idle = costs.find(({ rate }) => rate === 0)!;
  const rates = costs.filter(({ rate }) => rate > 0);
  const row = (name: string, value: (cost: RateCost) => string, ofIdle = "") => [
    name,
    ofIdle,
    ...rates.map(value),
  ];
  const total = (cost: RateCost) =>
    [...cost.usage.values()].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  return [
    row("spans a second", ({ rate }) => rate.toLocaleString("en"), "idle"),
    row("came through", (cost) => Math.round(cost.carried).toLocaleString("en")),
    row("carried", (cost) => cost.carried > CARRIED_SHARE * cost.rate ? "yes" : "later"),
    row("lost", ({ lost, checked }) => `${lost} of ${checked}`),
    ...rolesOf(costs).map((role) =>
      row(
        `${role}: ms`,
        ({ usage, spans }) => msPerThousand(usage.get(role)!.cpuSeconds, spans),
        `${(idle.usage.get(role)!.cpuSeconds / idle.seconds).toFixed(3)} cores`,
      )
    ),
    row("all: ms", (cost) => msPerThousand(total(cost), cost.spans)),
    row("spans per core", (cost) => (cost.spans / total(cost)).toFixed(0)),
    ...rolesOf(costs).map((role) => {
      const memory = ({ usage }: RateCost) => usage.get(role)!.peakMiB.toFixed(0);
      return row(`${role}: MiB`, memory, memory(idle));
    }),
    row("Kafka: bytes per span", ({ kafkaBytes }) => kafkaBytes.toFixed(0)),
    row("Cassandra: bytes per kept span", ({ cassandraBytes }) => cassandraBytes.toFixed(0)),
    row("load of the machine", ({ machineLoad }) => machineLoad.toFixed(0)),
  ];
}

/**
 * The three costs of each role, fitted, and extended to higher rates: cores that are half busy, and disk per
 * day with the bytes of the highest rate.
 */
export function extendedRows(costs: readonly RateCost[]): string[][] {
  const highest = costs.at(-1)!;
  const perDay = (bytes: number) =>
    EXTENDED.map((rate) => gigabytes(bytes * rate * SECONDS_PER_DAY));
  const rates = EXTENDED.map((rate) => rate.toLocaleString("en"));
  return [
    ["", "idle: cores", "sending: cores", "ms", "farthest", ...rates],
    ...rolesOf(costs).map((role) => {
      const { idle, sending, perSpan, farthest } = fit(
        costs.map((cost) => ({ ...cost, cpuSeconds: cost.usage.get(role)!.cpuSeconds })),
      );
      return [
        `${role}: cores`,
        idle.toFixed(3),
        sending.toFixed(3),
        (perSpan * 1e6).toPrecision(3),
        `${(100 * farthest).toFixed(0)} %`,
        ...EXTENDED.map((rate) => rounded((idle + sending + perSpan * rate) / BUSY_SHARE)),
      ];
    }),
    ["Kafka: GB a day", "", "", "", "", ...perDay(highest.kafkaBytes)],
    ["Cassandra: GB a day", "", "", "", "", ...perDay(highest.cassandraBytes * KEPT_SHARE)],
  ];
}

function rolesOf(costs: readonly RateCost[]): Role[] {
  return [...costs[0]!.usage.keys()];
}

function gigabytes(bytes: number): string {
  return rounded(bytes / 1e9);
}

function rounded(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString("en");
}
