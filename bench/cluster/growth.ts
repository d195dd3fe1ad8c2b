import { parseName } from "../../tests/helpers/cluster/cluster.ts";
import type { Cluster } from "../../tests/helpers/cluster/cluster.ts";
import type { Role } from "../../tests/helpers/cluster/programs.ts";
import { makeTraces, type SentTrace, SPANS_PER_TRACE } from "../../tests/helpers/traces.ts";
import { status } from "../report.ts";
import { DECISION_SECONDS } from "./decision.ts";
import { flushToDisk, keyspaceBytes, topicBytes } from "./disk.ts";
import { sendSteadily } from "./sender.ts";
import { allStored, settled } from "./settle.ts";
import { tracesToKeep } from "./to_keep.ts";
import { type Usage, usageSince } from "./usage.ts";
import type { Watch } from "./watch.ts";

/** Until Java and the Collectors have compiled, or allocated, what they need. */
const WARM_UP = { spansPerSecond: 6_000, seconds: 40 };
const IDLE_SECONDS = 30;
/** Each rate long enough for its cost to be more than noise, and short enough for two cores to catch up. */
const MOST_SPANS = 300_000;
const MOST_SECONDS = 60;
/** Traces of a rate that are read afterwards, to see that nothing was lost. */
const CHECKED = 500;
/** Of so many traces, one fails and one is slow. */
const ONE_IN = 100;

/** What one rate cost. */
export interface RateCost {
  /** Spans a second that were sent. */
  rate: number;
  spans: number;
  /** From the first span sent until the last one was stored. */
  seconds: number;
  /** For how much of it something was sent. */
  sendingSeconds: number;
  /** Spans a second that came through, from the first sent to the last stored. */
  carried: number;
  /** Traces that were read afterwards, and how many of them weren't there. */
  checked: number;
  lost: number;
  usage: ReadonlyMap<Role, Usage>;
  /** Bytes on all Kafka disks per span sent. */
  kafkaBytes: number;
  /** Bytes on all Cassandra disks per span kept. */
  cassandraBytes: number;
  machineLoad: number;
}

/** Measures idle servers first, as the rate 0, then one rate after the other, on servers that are warm. */
export async function measureGrowth(
  cluster: Cluster,
  watch: Watch,
  rates: readonly number[],
): Promise<RateCost[]> {
  let next = 0;
  const send = async (rate: number, seconds: number) => {
    const count = Math.round(rate * seconds / SPANS_PER_TRACE);
    const traces = await makeTraces(count, { first: next, oneIn: ONE_IN });
    next += count;
    return await measureRate(cluster, watch, rate, traces);
  };
  status("warming up");
  await send(WARM_UP.spansPerSecond, WARM_UP.seconds);
  status("idle");
  const costs = [await measureIdle(watch)];
  for (const rate of rates) {
    status(`${rate} spans a second`);
    costs.push(await send(rate, Math.min(MOST_SECONDS, MOST_SPANS / rate)));
    const { carried, lost, machineLoad } = costs.at(-1)!;
    status(`  ${carried.toFixed(0)} came through, ${lost} lost, load ${machineLoad.toFixed(0)}`);
  }
  return costs;
}

async function measureIdle(watch: Watch): Promise<RateCost> {
  watch.forgetPeaks();
  const before = await watch.read();
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
  return {
    rate: 0,
    spans: 0,
    seconds: IDLE_SECONDS,
    sendingSeconds: 0,
    carried: 0,
    checked: 0,
    lost: 0,
    usage: await usageSince(watch, before),
    kafkaBytes: NaN,
    cassandraBytes: NaN,
    machineLoad: Deno.loadavg()[0]!,
  };
}

async function measureRate(
  cluster: Cluster,
  watch: Watch,
  rate: number,
  traces: readonly SentTrace[],
): Promise<RateCost> {
  const toKeep = tracesToKeep(traces);
  const spans = traces.length * SPANS_PER_TRACE;
  const kept = toKeep.length * SPANS_PER_TRACE;
  const disksBefore = await disks(cluster);
  watch.forgetPeaks();
  const before = await watch.read();
  const start = Date.now();
  const agents = { shop: cluster.agentUrl("a1"), stock: cluster.agentUrl("a2") };
  await sendSteadily({ traces, rate: rate / SPANS_PER_TRACE, agents });
  const sendingSeconds = (Date.now() - start) / 1000;
  const [machineLoad] = Deno.loadavg();
  status(`  sent ${spans}`);
  const areStored = await allStored(watch, before.stored, kept);
  const seconds = (Date.now() - start) / 1000;
  // Writing what is in memory to the disk is part of the cost.
  await flushNodes(cluster);
  const usage = await usageSince(watch, before);
  const disksAfter = await disks(cluster);
  const every = Math.ceil(toKeep.length / CHECKED);
  const checked = toKeep.filter((_, i) => i % every === 0);
  const { whole } = await settled(cluster.queryUrl, checked, areStored);
  return {
    rate,
    spans,
    seconds,
    sendingSeconds,
    carried: spans / (seconds - DECISION_SECONDS),
    checked: checked.length,
    lost: checked.length - whole.size,
    usage,
    kafkaBytes: (disksAfter.kafka - disksBefore.kafka) / spans,
    cassandraBytes: (disksAfter.cassandra - disksBefore.cassandra) / kept,
    machineLoad: machineLoad!,
  };
}

async function disks({ directory }: Cluster): Promise<{ kafka: number; cassandra: number }> {
  return {
    kafka: await topicBytes(directory, "otlp_spans"),
    cassandra: await keyspaceBytes(directory, "jaeger"),
  };
}

async function flushNodes({ servers }: Cluster): Promise<void> {
  const nodes = [...servers.values()].filter(({ name }) => parseName(name).role === "cassandra");
  for (const { host } of nodes) await flushToDisk(host);
}
