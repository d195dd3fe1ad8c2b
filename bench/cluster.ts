/**
 * Measures collector-demo/cluster, with all its servers on hosts that are network namespaces. It lets one thing
 * fail at a time while traces flow, and checks which of those to keep can be read. With --growth, it sends at
 * several rates instead, and fits what a span costs.
 *
 * deno task bench:cluster [--rate N] [--only TEXT,TEXT] | --growth [--rates N,N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { type Change, startCluster } from "../tests/helpers/cluster/cluster.ts";
import { needsCluster } from "../tests/helpers/cluster/programs.ts";
import { withFolder } from "../tests/helpers/folder.ts";
import { makeTraces } from "../tests/helpers/traces.ts";
import { measureGrowth } from "./cluster/growth.ts";
import { extendedRows, measuredRows } from "./cluster/growth_rows.ts";
import { type Outcome, runScenario } from "./cluster/run.ts";
import { lossRows, usageRows } from "./cluster/scenario_rows.ts";
import { DESIGNS, type Scenario } from "./cluster/scenarios.ts";
import { Watch } from "./cluster/watch.ts";
import { printTable, status } from "./report.ts";

/** Of so many traces, one fails and one is slow. */
const ONE_IN = 100;
/** How long traces are sent before the outage, and after it. */
const AROUND_SECONDS = 15;

const { missing } = needsCluster();
if (missing) {
  status(`Cannot measure: ${missing}`);
  Deno.exit(1);
}
const flags = parseArgs(Deno.args, {
  string: ["only", "rates"],
  boolean: ["growth"],
  default: { rate: 667, only: "", rates: "1000,3000,10000,30000" },
});
const pace = { rate: Number(flags.rate), around: AROUND_SECONDS };
const wanted = flags.only.split(",");
const isWanted = (name: string) => wanted.some((part) => name.includes(part));

if (flags.growth) await withFolder(measureCosts);
else {
  for (const { name, changes, scenarios } of DESIGNS) {
    const chosen = scenarios.filter((scenario) => isWanted(`${name}: ${scenario.name}`));
    if (chosen.length > 0) {
      await withFolder((directory) => measureLosses(directory, name, changes, chosen));
    }
  }
}

/** Runs the scenarios one after the other on one cluster, and prints what came of them. */
async function measureLosses(
  directory: string,
  design: string,
  changes: Record<string, Change>,
  scenarios: readonly Scenario[],
): Promise<void> {
  status(`${design}: starting the cluster`);
  await using cluster = await startCluster({ directory, size: 3, changes });
  const watch = new Watch(cluster);
  const outcomes = new Map<string, Outcome>();
  let next = 0;
  const run = async (scenario: Scenario) => {
    status(scenario.name);
    const count = (scenario.outage + 2 * pace.around) * pace.rate;
    const traces = await makeTraces(count, { first: next, oneIn: ONE_IN });
    next += count;
    return await runScenario(cluster, watch, scenario, traces, pace);
  };
  // Java and the Collectors compile, or allocate, what they need, which no scenario should pay for.
  await run({ name: "warming up", outage: 0 });
  for (const scenario of scenarios) {
    outcomes.set(scenario.name, await run(scenario));
    for (const row of lossRows(design, outcomes).slice(-1)) status(row.join("  "));
  }
  printTable(lossRows(design, outcomes));
  printTable(usageRows(design, outcomes));
}

async function measureCosts(directory: string): Promise<void> {
  status("starting the cluster");
  await using cluster = await startCluster({ directory, size: 3 });
  const rates = flags.rates.split(",").map(Number);
  const costs = await measureGrowth(cluster, new Watch(cluster), rates);
  printTable(measuredRows(costs));
  printTable(extendedRows(costs));
}
