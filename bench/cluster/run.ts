import type { Cluster } from "../../tests/helpers/cluster/cluster.ts";
import { sendTraces, type SentTrace, SPANS_PER_TRACE } from "../../tests/helpers/traces.ts";
import { status } from "../report.ts";
import type { AcceptedSpans } from "./accepted.ts";
import { DelayProbe } from "./delay.ts";
import type { Scenario } from "./scenarios.ts";
import { findStored } from "./stored.ts";
import { tracesToKeep } from "./to_keep.ts";
import { readUsage, type Usage } from "./usage.ts";

const SENDS_PER_SECOND = 5;
/** If nothing has arrived for this long, nothing will: longer than any wait before a retry. */
const QUIET_SECONDS = 45;

/** How much is sent, and when something fails. */
export interface Load {
  /** Traces a second. */
  rate: number;
  /** Seconds before the outage, and after it. */
  around: number;
}

/** What a scenario did to the traces. */
export interface Outcome {
  sent: number;
  toKeep: number;
  kept: number;
  /** Traces that came back with more spans than were sent. */
  duplicated: number;
  /** Spans that were stored more than once, as a share of those to keep; the later write replaces the earlier. */
  storedAgain: number;
  /** Seconds until traces could be read: median and longest. */
  medianDelay: number;
  longestDelay: number;
  /** What each server used until all traces could be read. */
  usage: Usage[];
  /** The mean number of programs that wanted the CPU meanwhile, on the whole machine. */
  machineLoad: number;
}

/** Sends the traces at a steady rate, lets the scenario happen, and waits until no more arrive. */
export async function runScenario(
  cluster: Cluster,
  accepted: AcceptedSpans,
  scenario: Scenario,
  traces: readonly SentTrace[],
  load: Load,
): Promise<Outcome> {
  const toKeep = tracesToKeep(traces);
  const acceptedBefore = await accepted.count();
  const usageBefore = readUsage(cluster);
  const probe = new DelayProbe(cluster.queryUrl);
  await sendThrough(cluster, accepted, scenario, traces, load, probe);
  const [machineLoad] = Deno.loadavg();
  status(`  ${scenario.name}: sent ${traces.length}`);
  const { whole, duplicated } = await settled(cluster, toKeep);
  const delays = await probe.end();
  // By now all the work for these traces is done, and each was read at least once.
  const usage = readUsage(cluster, usageBefore);
  const stored = await accepted.count() - acceptedBefore;
  return {
    sent: traces.length,
    toKeep: toKeep.length,
    kept: whole.size,
    duplicated,
    storedAgain: stored / (SPANS_PER_TRACE * whole.size) - 1,
    medianDelay: delays[Math.floor(delays.length / 2)] ?? NaN,
    longestDelay: delays.at(-1) ?? NaN,
    usage,
    machineLoad: machineLoad!,
  };
}

async function sendThrough(
  cluster: Cluster,
  accepted: AcceptedSpans,
  { fail, mend, outage }: Scenario,
  traces: readonly SentTrace[],
  { rate, around }: Load,
  probe: DelayProbe,
): Promise<void> {
  const perSend = Math.round(rate / SENDS_PER_SECOND);
  // Two services on two hosts, so that each trace comes through two agents.
  const agents = { shop: cluster.agentUrl("a1"), stock: cluster.agentUrl("a2") };
  const start = Date.now();
  let mending: Promise<void> | undefined;
  for (let n = 0; n * perSend < traces.length; n++) {
    const wait = start + n * 1000 / SENDS_PER_SECOND - Date.now();
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (n === around * SENDS_PER_SECOND) await fail?.(cluster, accepted);
    // A server takes a while to start; apps don't wait for it.
    if (n === (around + outage) * SENDS_PER_SECOND) mending = mend?.(cluster);
    const part = traces.slice(n * perSend, (n + 1) * perSend);
    await sendTraces(agents, part);
    const followed = part.find(({ kind }) => kind !== "ordinary");
    if (n % SENDS_PER_SECOND === 0 && followed) probe.follow(followed.traceId);
  }
  await mending;
}

/** What is stored of the traces, once no more arrive. */
async function settled(cluster: Cluster, wanted: readonly SentTrace[]) {
  let known = await findStored(cluster.queryUrl, wanted);
  let since = Date.now();
  while (known.whole.size < wanted.length && Date.now() - since < QUIET_SECONDS * 1000) {
    const before = known.whole.size;
    known = await findStored(cluster.queryUrl, wanted, known);
    if (known.whole.size > before) since = Date.now();
    status(`  ${known.whole.size} of ${wanted.length}`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  return known;
}
