import type { Cluster } from "../../tests/helpers/cluster/cluster.ts";
import type { Role } from "../../tests/helpers/cluster/programs.ts";
import { type SentTrace, SPANS_PER_TRACE } from "../../tests/helpers/traces.ts";
import { status } from "../report.ts";
import { DelayProbe } from "./delay.ts";
import { SpanMetrics } from "./metrics.ts";
import type { Scenario } from "./scenarios.ts";
import { sendSteadily } from "./sender.ts";
import { allStored, copiesStored, settled } from "./settle.ts";
import { tracesToKeep } from "./to_keep.ts";
import { type Usage, usageSince } from "./usage.ts";
import type { Watch } from "./watch.ts";

/** Of the seconds, one has a trace that is followed until it can be read: following costs CPU time. */
const FOLLOW_EVERY = 3;
const PROMETHEUS = ["prometheus-1", "prometheus-2"];

/** How much is sent, and when something fails. */
export interface Pace {
  /** Traces a second. */
  rate: number;
  /** Seconds before the outage, and after it. */
  around: number;
}

/** What a scenario did to the traces. */
export interface Outcome {
  sent: number;
  /** Requests of apps that had to be repeated, because no agent took them. */
  repeated: number;
  toKeep: number;
  kept: number;
  /** Traces that came back with more spans than were sent. */
  duplicated: number;
  /** Spans that were stored more than once, as a share of those to keep; the later write replaces the earlier. */
  storedAgain: number;
  /** Seconds until traces could be read: median and longest. */
  medianDelay: number;
  longestDelay: number;
  /** What the servers used until all traces were stored, before any but the followed ones were read. */
  usage: ReadonlyMap<Role, Usage>;
  /** How long that took. */
  seconds: number;
  /** By Prometheus server: spans that were counted, and the longest time between two samples in seconds. */
  metrics: { counted: number; longestGap: number }[];
  /** The mean number of programs that wanted the CPU meanwhile, on the whole machine. */
  machineLoad: number;
}

/** Sends the traces at a steady rate, lets the scenario happen, and waits until no more arrive. */
export async function runScenario(
  cluster: Cluster,
  watch: Watch,
  scenario: Scenario,
  traces: readonly SentTrace[],
  pace: Pace,
): Promise<Outcome> {
  const toKeep = tracesToKeep(traces);
  const prometheus = PROMETHEUS.map((name) => new SpanMetrics(cluster, name));
  const countedBefore = await Promise.all(prometheus.map((server) => server.counted()));
  watch.forgetPeaks();
  const before = await watch.read();
  const start = Date.now();
  const probe = new DelayProbe(cluster.queryUrl);
  const repeated = await sendThrough(cluster, watch, scenario, traces, pace, probe);
  const [machineLoad] = Deno.loadavg();
  status(`  ${scenario.name}: sent ${traces.length}`);
  const areStored = await allStored(watch, before.stored, SPANS_PER_TRACE * toKeep.length);
  const usage = await usageSince(watch, before);
  const seconds = (Date.now() - start) / 1000;
  const { whole, duplicated } = await settled(cluster.queryUrl, toKeep, areStored);
  const delays = await probe.end();
  // Takes longer than the gateways' metrics_flush_interval, so that all spans are counted, too.
  await copiesStored(watch);
  const stored = await watch.stored() - before.stored;
  const metrics = await Promise.all(prometheus.map(async (server, i) => ({
    counted: await server.counted() - countedBefore[i]!,
    longestGap: await server.longestGap((Date.now() - start) / 1000),
  })));
  return {
    sent: traces.length,
    repeated,
    toKeep: toKeep.length,
    kept: whole.size,
    duplicated,
    storedAgain: stored / (SPANS_PER_TRACE * whole.size) - 1,
    medianDelay: delays[Math.floor(delays.length / 2)] ?? NaN,
    longestDelay: delays.at(-1) ?? NaN,
    usage,
    seconds,
    metrics,
    machineLoad: machineLoad!,
  };
}

async function sendThrough(
  cluster: Cluster,
  watch: Watch,
  { fail, mend, outage }: Scenario,
  traces: readonly SentTrace[],
  { rate, around }: Pace,
  probe: DelayProbe,
): Promise<number> {
  let mending: Promise<void> | undefined;
  const repeated = await sendSteadily({
    traces,
    rate,
    // Two services on two hosts, so that each trace comes through two agents.
    agents: { shop: cluster.agentUrl("a1"), stock: cluster.agentUrl("a2") },
    async onSecond(second, next) {
      if (second === around) await fail?.(cluster, watch);
      // A server takes a while to start; apps don't wait for it.
      if (second === around + outage) mending = mend?.(cluster);
      const followed = next.find(({ kind }) => kind !== "ordinary");
      if (second % FOLLOW_EVERY === 0 && followed) probe.follow(followed.traceId);
    },
  });
  await mending;
  return repeated;
}
