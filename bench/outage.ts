/**
 * Measures data loss past one machine: sends traces through the servers of collector-demo/scale,
 * stops one of them for a minute, starts it again, and checks which of the sampled traces are in
 * Jaeger. The traces, and the sampling decisions, are the same in each run.
 *
 * deno task bench:outage [--seconds N] [--rate N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { type Chain, DECISIONS, type Link, startChain } from "../tests/helpers/chain.ts";
import { withFolder } from "../tests/helpers/folder.ts";
import { poll } from "../tests/helpers/poll.ts";
import { ownMetric, waitForMetric } from "../tests/helpers/servers.ts";
import { makeTraces, type SentTrace } from "../tests/helpers/traces.ts";
import { needCollectorAndJaeger } from "./needs.ts";
import { cpuMicros, peakMemoryMiB } from "./process.ts";
import { printTable, status } from "./report.ts";

/** How long traces are sent before the outage, and after it. */
const AROUND_SECONDS = 15;
const SENDS_PER_SECOND = 5;
/**
 * If nothing has arrived for this long, nothing will: it is longer than the wait before a retry.
 */
const QUIET_SECONDS = 25;
const QUEUED = "otelcol_exporter_queue_size";
const LINKS: readonly Link[] = ["agent", "gateway", "jaeger"];

interface Run {
  name: string;
  queuesInMemory?: boolean;
  /** The server that is stopped for a while. */
  stopped?: Link;
  /** How the gateway is stopped and restarted during the run. */
  gatewayEnds?: Deno.Signal;
}

const RUNS: Run[] = [
  { name: "nothing stopped" },
  { name: "Jaeger stopped", stopped: "jaeger" },
  { name: "Jaeger stopped, gateway restarted", stopped: "jaeger", gatewayEnds: "SIGTERM" },
  { name: "Jaeger stopped, gateway killed", stopped: "jaeger", gatewayEnds: "SIGKILL" },
  { name: "gateway stopped", stopped: "gateway" },
  {
    name: "queues in memory: Jaeger stopped",
    stopped: "jaeger",
    queuesInMemory: true,
  },
  {
    name: "queues in memory: Jaeger stopped, gateway restarted",
    stopped: "jaeger",
    gatewayEnds: "SIGTERM",
    queuesInMemory: true,
  },
];

needCollectorAndJaeger();
const flags = parseArgs(Deno.args, { default: { seconds: 60, rate: 100 } });
const seconds = Number(flags.seconds);
const rate = Number(flags.rate);
const traces = await makeTraces((seconds + 2 * AROUND_SECONDS) * rate);

const rows = [["", "sent", "to keep", "in Jaeger", "lost", "waited at most"]];
const costs = [["", "CPU us a trace sent", "peak MiB"]];
let expected: SentTrace[] | undefined;
for (const run of RUNS) {
  status(run.name);
  await withFolder(async (directory) => {
    await using chain = await startChain({ directory, ...run });
    const mostQueued = await sendThrough(chain, run);
    if (!expected) {
      await allThrough(chain);
      // Measured before any queries, because they use CPU time, too.
      costs.push(...LINKS.map((link) => costOf(chain, link)));
      expected = await keptOf(chain);
    }
    const stored = await settled(chain, expected);
    rows.push([
      run.name,
      `${traces.length}`,
      `${expected.length}`,
      `${stored}`,
      `${expected.length - stored}`,
      `${mostQueued} spans`,
    ]);
  });
}
printTable(rows);
printTable(costs);

/** Sends all traces at a steady rate, with the run's outage; returns the longest queue of a Collector. */
async function sendThrough(chain: Chain, { stopped, gatewayEnds }: Run): Promise<number> {
  const perSend = rate / SENDS_PER_SECOND;
  const sendAt = (second: number) => second * SENDS_PER_SECOND;
  const start = Date.now();
  let mostQueued = 0;
  for (let n = 0; n * perSend < traces.length; n++) {
    const wait = start + n * 1000 / SENDS_PER_SECOND - Date.now();
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (stopped && n === sendAt(AROUND_SECONDS)) await chain.stop(stopped);
    if (gatewayEnds && n === sendAt(AROUND_SECONDS + seconds / 2)) {
      await chain.stop("gateway", gatewayEnds);
      await chain.start("gateway");
    }
    if (stopped && n === sendAt(AROUND_SECONDS + seconds)) {
      mostQueued = await longestQueue(chain, stopped);
      await chain.start(stopped);
    }
    await chain.send(traces.slice(n * perSend, (n + 1) * perSend));
  }
  return mostQueued;
}

/** The number of spans that wait for the stopped server. */
async function longestQueue({ servers }: Chain, stopped: Link): Promise<number> {
  const sender = stopped === "jaeger" ? servers.gateway : servers.agent;
  return await ownMetric(sender, QUEUED);
}

/** Waits until the gateway has decided on all traces, and Jaeger has accepted the sampled ones. */
async function allThrough({ servers: { gateway } }: Chain): Promise<void> {
  await waitForMetric(gateway, DECISIONS, (count) => count === traces.length);
  await waitForMetric(gateway, QUEUED, (spans) => spans === 0);
}

/** The traces that the sampling selects if nothing fails: Jaeger must have all of them. */
async function keptOf(chain: Chain): Promise<SentTrace[]> {
  const kept = await chain.kept();
  return await poll(async () => {
    const stored = await chain.stored(traces);
    return stored.length === kept ? { result: stored } : { answer: `${stored.length} of ${kept}` };
  }, "Jaeger");
}

/** How many of the traces are in Jaeger, once no more arrive. */
async function settled(chain: Chain, wanted: readonly SentTrace[]): Promise<number> {
  let most = 0;
  let since = Date.now();
  while (most < wanted.length && Date.now() - since < QUIET_SECONDS * 1000) {
    const { length } = await chain.stored(wanted);
    if (length > most) since = Date.now();
    most = Math.max(most, length);
  }
  return most;
}

function costOf({ servers }: Chain, link: Link): string[] {
  const { pid } = servers[link];
  return [link, (cpuMicros(pid) / traces.length).toFixed(0), peakMemoryMiB(pid).toFixed(0)];
}
