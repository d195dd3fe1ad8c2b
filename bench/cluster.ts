/**
 * Measures data loss in collector-demo/cluster: sends traces through all its servers, on hosts that are network
 * namespaces, lets one thing fail at a time, and checks which of the traces to keep can be read.
 *
 * deno task bench:cluster [--seconds N] [--rate N] [--only TEXT] [--design NAME]
 */
import { parseArgs } from "@std/cli/parse-args";
import { startCluster } from "../tests/helpers/cluster/cluster.ts";
import { needsCluster } from "../tests/helpers/cluster/programs.ts";
import { withFolder } from "../tests/helpers/folder.ts";
import { makeTraces } from "../tests/helpers/traces.ts";
import { AcceptedSpans } from "./cluster/accepted.ts";
import { DESIGNS } from "./cluster/designs.ts";
import { type Outcome, runScenario } from "./cluster/run.ts";
import { SCENARIOS } from "./cluster/scenarios.ts";
import { usageRows } from "./cluster/usage.ts";
import { printTable, status } from "./report.ts";

const SPANS_PER_TRACE = 3;
/** How long traces are sent before the outage, and after it. */
const AROUND_SECONDS = 15;

const { missing } = needsCluster();
if (missing) {
  status(`Cannot measure: ${missing}`);
  Deno.exit(1);
}
const flags = parseArgs(Deno.args, {
  string: ["only", "design"],
  default: { seconds: 60, rate: 667, only: "", design: "partitions" },
});
const load = { rate: Number(flags.rate), around: AROUND_SECONDS, outage: Number(flags.seconds) };
const design = DESIGNS[flags.design];
if (!design) {
  status(`No design "${flags.design}", only ${Object.keys(DESIGNS).join(", ")}`);
  Deno.exit(1);
}
const scenarios = SCENARIOS.filter(({ name }) => name.includes(flags.only));
const count = (load.outage + 2 * load.around) * load.rate;

const HEADINGS = [
  "",
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

await withFolder(async (directory) => {
  status(`Starting the cluster: ${flags.design}`);
  await using cluster = await startCluster({ directory, size: 3, ...design });
  const accepted = new AcceptedSpans(cluster);
  const rows: string[][] = [HEADINGS];
  let first: Outcome | undefined;
  for (const [i, scenario] of scenarios.entries()) {
    status(scenario.name);
    const traces = await makeTraces(count, i * count);
    const outcome = await runScenario(cluster, accepted, scenario, traces, load);
    first ??= outcome;
    rows.push(rowOf(scenario.name, outcome));
    status(rows.at(-1)!.join("  "));
  }
  printTable(rows);
  if (first) {
    const unit = ["", "servers", "CPU ms per 1,000 spans sent", "peak MiB of one"];
    printTable([unit, ...usageRows(first.usage, first.sent * SPANS_PER_TRACE)]);
  }
});

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
