/**
 * Measures data loss in collector-demo/cluster: sends traces through all its servers, on hosts that are network
 * namespaces, lets one thing fail at a time, and checks which of the traces to keep can be read.
 *
 * deno task bench:cluster [--rate N] [--only TEXT,TEXT]
 */
import { parseArgs } from "@std/cli/parse-args";
import { type Change, type Cluster, startCluster } from "../tests/helpers/cluster/cluster.ts";
import { needsCluster } from "../tests/helpers/cluster/programs.ts";
import { withFolder } from "../tests/helpers/folder.ts";
import { makeTraces } from "../tests/helpers/traces.ts";
import { AcceptedSpans } from "./cluster/accepted.ts";
import { keyspaceBytes, topicBytes } from "./cluster/disk.ts";
import { growthRows } from "./cluster/growth.ts";
import { type Outcome, runScenario } from "./cluster/run.ts";
import { DESIGNS, type Scenario } from "./cluster/scenarios.ts";
import { usageRows } from "./cluster/usage.ts";
import { printTable, status } from "./report.ts";

const SPANS_PER_TRACE = 3;
/** Of so many traces, one fails and one is slow. */
const ONE_IN = 100;
/** How long traces are sent before the outage, and after it. */
const AROUND_SECONDS = 15;

const { missing } = needsCluster();
if (missing) {
  status(`Cannot measure: ${missing}`);
  Deno.exit(1);
}
const flags = parseArgs(Deno.args, { string: ["only"], default: { rate: 667, only: "" } });
const load = { rate: Number(flags.rate), around: AROUND_SECONDS };
const wanted = flags.only.split(",");
const isWanted = (name: string) => wanted.some((part) => name.includes(part));

const HEADINGS = [
  "sent",
  "to keep",
  "kept",
  "lost",
  "duplicated",
  "stored again",
  "readable after (median)",
  "(longest)",
  "load",
];

for (const { name, changes, scenarios } of DESIGNS) {
  const chosen = scenarios.filter((scenario) => isWanted(`${name}: ${scenario.name}`));
  if (chosen.length > 0) await withFolder((directory) => measure(directory, name, changes, chosen));
}

/** Runs the scenarios one after the other on one cluster, and prints what came of them. */
async function measure(
  directory: string,
  design: string,
  changes: Record<string, Change>,
  scenarios: readonly Scenario[],
): Promise<void> {
  status(`${design}: starting the cluster`);
  await using cluster = await startCluster({ directory, size: 3, changes });
  const accepted = new AcceptedSpans(cluster);
  const rows: string[][] = [[design, ...HEADINGS]];
  let next = 0;
  let keptSpans = 0;
  let undisturbed: Outcome | undefined;
  for (const scenario of scenarios) {
    status(scenario.name);
    const count = (scenario.outage + 2 * load.around) * load.rate;
    const traces = await makeTraces(count, { first: next, oneIn: ONE_IN });
    next += count;
    const outcome = await runScenario(cluster, accepted, scenario, traces, load);
    rows.push(rowOf(scenario.name, outcome));
    status(rows.at(-1)!.join("  "));
    keptSpans += outcome.kept * SPANS_PER_TRACE;
    // Servers that were restarted have used less than they would.
    if (!scenario.fail) undisturbed ??= outcome;
  }
  printTable(rows);
  if (!undisturbed) return;
  const unit = [design, "servers", "CPU ms per 1,000 spans sent", "peak MiB of one"];
  printTable([unit, ...usageRows(undisturbed.usage, undisturbed.sent * SPANS_PER_TRACE)]);
  printTable(await growth(cluster, directory, undisturbed, next, keptSpans));
}

/** What the servers would cost at higher rates. */
async function growth(
  cluster: Cluster,
  directory: string,
  { usage, sent, toKeep }: Outcome,
  allTraces: number,
  keptSpans: number,
): Promise<string[][]> {
  const nodes = [...cluster.servers.keys()].filter((name) => name.startsWith("cassandra"));
  // Ended in order, a node writes to its disk what is in memory.
  await Promise.all(nodes.map((name) => cluster.stop(name)));
  return growthRows({
    usage,
    spans: sent * SPANS_PER_TRACE,
    kafkaBytes: await topicBytes(directory, "otlp_spans") / (allTraces * SPANS_PER_TRACE),
    cassandraBytes: await keyspaceBytes(directory, "jaeger") / keptSpans,
    keptShare: toKeep / sent,
  });
}

function rowOf(name: string, outcome: Outcome): string[] {
  const { sent, toKeep, kept, duplicated, storedAgain, medianDelay, longestDelay } = outcome;
  return [
    name,
    ...[sent, toKeep, kept, toKeep - kept, duplicated].map((n) => n.toLocaleString("en")),
    `${(100 * storedAgain).toFixed(1)} %`,
    `${medianDelay.toFixed(0)} s`,
    `${longestDelay.toFixed(0)} s`,
    outcome.machineLoad.toFixed(0),
  ];
}
