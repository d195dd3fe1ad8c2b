import type { Role } from "../../tests/helpers/cluster/programs.ts";
import { parseName } from "../../tests/helpers/cluster/cluster.ts";
import type { Usage } from "./usage.ts";

const RATES = [1_000, 10_000, 100_000, 1_000_000];
const SECONDS_PER_DAY = 86_400;
/** How busy a core may be, so that there is room for peaks and for a server that is gone. */
const BUSY_SHARE = 0.5;

/** What one span costs, as measured. */
export interface SpanCost {
  usage: readonly Usage[];
  /** The spans that were sent while this was used. */
  spans: number;
  /** Bytes on all Kafka disks per span sent. */
  kafkaBytes: number;
  /** Bytes on all Cassandra disks per span kept. */
  cassandraBytes: number;
  /** Spans kept of those sent. */
  keptShare: number;
}

/**
 * Cores by role and disk per day at higher rates, if cost grew with the rate: CPU time per span times spans a
 * second, on cores that are half busy.
 */
export function growthRows(cost: SpanCost): string[][] {
  const roles = [...new Set(cost.usage.map(({ name }) => parseName(name).role))];
  const coresPerSpan = (role: Role) =>
    cost.usage.filter(({ name }) => parseName(name).role === role)
      .reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / cost.spans / 1e6 / BUSY_SHARE;
  const perDay = (bytes: number) => RATES.map((rate) => gigabytes(bytes * rate * SECONDS_PER_DAY));
  return [
    ["spans a second", ...RATES.map((rate) => rate.toLocaleString("en"))],
    ...roles.map((role) => [
      `${role}: cores`,
      ...RATES.map((rate) => (coresPerSpan(role) * rate).toPrecision(2)),
    ]),
    [
      "bytes per span",
      `Kafka ${cost.kafkaBytes.toFixed(0)}`,
      `Cassandra ${cost.cassandraBytes.toFixed(0)}`,
      "",
      "",
    ],
    ["Kafka: GB a day", ...perDay(cost.kafkaBytes)],
    ["Cassandra: GB a day", ...perDay(cost.cassandraBytes * cost.keptShare)],
  ];
}

function gigabytes(bytes: number): string {
  return Number((bytes / 1e9).toPrecision(2)).toLocaleString("en");
}
