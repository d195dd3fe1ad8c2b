/**
 * Attacks a collector with a full store, one attack after another, while honest senders send all
 * signals over HTTP and gRPC. For each attack, prints how long an uninvolved client waited, the
 * peak memory of the process, and whether acknowledged data is stored. Fails if the process ends,
 * uses more than `--max-bytes` and 128 MB, loses acknowledged data, makes the client wait for half
 * a second at the 99th percentile, or grows after the first minute.
 *
 * deno task bench:attack [--minutes 2] [--only TEXT] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import { type RunningCollector, withCollector } from "../tests/helpers/collector_program.ts";
import { withFolder } from "../tests/helpers/folder.ts";
import { type Attack, makeAttacks } from "./attack/attacks.ts";
import { type Innocent, percentile, startInnocent } from "./attack/innocent.ts";
import { type Load, requestOfTrace, startLoad } from "./attack/load.ts";
import { measuredDenos } from "./denos.ts";
import { type MeasuredProgram, preparePrograms } from "./kit.ts";
import { peakMemoryMiB, residentMiB } from "./process.ts";
import { printTable, status } from "./report.ts";

const MIB = 2 ** 20;
const MAX_MIB = 256 + 128e6 / MIB;
const MAX_P99_MS = 500;
/** How much memory may grow after the first minute because of allocator and garbage collectors. */
const MAX_GROWTH_MIB = 32;
const FILL_SPANS = 1000;

/** The results of an attack in all rounds. */
interface Outcome {
  attack: Attack;
  /** How long the uninvolved client waited. */
  millis: number[];
  /** The client's failed requests. */
  failures: string[];
  peakMiB: number;
  isThere: boolean;
}

const NOTHING_ENDURED = { millis: [], failures: [], peakMiB: 0, isThere: true };

const flags = parseArgs(Deno.args, { string: ["minutes", "only", "deno"], collect: ["deno"] });
/** In each round, every attack runs for the same time. */
const rounds = Math.max(1, Math.round(Number(flags.minutes ?? 2)));
const attacks = makeAttacks().filter(({ name }) => name.includes(flags.only ?? ""));
const attackMillis = 60_000 / attacks.length;
const failures: string[] = [];

await withFolder(async (folder) => {
  for (const deno of await measuredDenos(flags.deno)) {
    const { kit } = await preparePrograms(deno, folder);
    await withCollector((collector) => endure(kit, collector), { launch: kit.launch });
  }
});
for (const failure of failures) status(`Failed: ${failure}`);
Deno.exit(failures.length > 0 ? 1 : 0);

/** Fills the store, then attacks, round by round. */
async function endure(kit: MeasuredProgram, collector: RunningCollector): Promise<void> {
  status(`${kit.name}: filling the store`);
  await fill(collector);
  const load = startLoad(collector);
  const innocent = startInnocent(collector);
  const { pid } = collector.program;
  const outcomes = attacks.map((attack) => ({ attack, ...NOTHING_ENDURED }));
  const residents: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const outcome of outcomes) {
      await endureOne(collector, outcome, { load, innocent });
    }
    residents.push(residentMiB(pid));
    status(`Round ${round + 1} of ${rounds}: ${residents.at(-1)!.toFixed(0)} MiB resident`);
  }
  await innocent.stop();
  await load.stop();
  await checkCounts(kit, collector, load);
  printTable([
    [kit.name, "p50 ms", "p99", "worst", "answers", "refused", "MiB at most", "there"],
    ...outcomes.map((outcome) => rowOf(kit, outcome)),
  ]);
  const growth = residents.at(-1)! - residents[0]!;
  if (growth > MAX_GROWTH_MIB) {
    failures.push(`${kit.name} grew by ${growth.toFixed(0)} MiB after the first round`);
  }
}

/** Attacks for a while, and adds to the outcome. */
async function endureOne(
  collector: RunningCollector,
  outcome: Outcome,
  { load, innocent }: { load: Load; innocent: Innocent },
): Promise<void> {
  const { attack } = outcome;
  const { pid } = collector.program;
  // Resets the peak: https://docs.kernel.org/filesystems/proc.html
  await Deno.writeTextFile(`/proc/${pid}/clear_refs`, "5");
  innocent.take();
  const end = performance.now() + attackMillis;
  await Promise.all(Array.from({ length: attack.senders }, async () => {
    while (performance.now() < end) {
      await attack.once(collector);
      // An attack that fails at once must not block the others.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }));
  const waits = innocent.take();
  outcome.millis = [...outcome.millis, ...waits.millis];
  outcome.failures = [...outcome.failures, ...waits.failures];
  outcome.peakMiB = Math.max(outcome.peakMiB, peakMemoryMiB(pid));
  outcome.isThere &&= await areThere(collector, load.traceIds);
}

/** A row of the table; also notes broken promises. */
function rowOf(kit: MeasuredProgram, { attack, ...outcome }: Outcome): string[] {
  const { millis, peakMiB, isThere } = outcome;
  const fail = (what: string) => failures.push(`${kit.name}, ${attack.name}: ${what}`);
  const p99 = percentile(millis, 99);
  if (!(p99 < MAX_P99_MS)) fail(`an innocent client waited ${p99.toFixed(0)} ms`);
  if (outcome.failures.length > 0) fail(`an innocent client got ${outcome.failures[0]}`);
  if (kit.executable && peakMiB > MAX_MIB) {
    fail(`${peakMiB.toFixed(0)} MiB of ${MAX_MIB.toFixed(0)}`);
  }
  if (!isThere) fail("what was acknowledged is not there");
  return [
    attack.name,
    ...[50, 99, 100].map((percent) => percentile(millis, percent).toFixed(0)),
    String(millis.length),
    String(outcome.failures.length),
    peakMiB.toFixed(0),
    isThere ? "yes" : "NO",
  ];
}

/** Sends until the store has to evict. */
async function fill({ httpUrl, uiUrl }: RunningCollector): Promise<void> {
  const statsOf = async () => (await (await fetch(`${uiUrl}/api/kit/stats`)).json()).store;
  for (;;) {
    for (let i = 0; i < 50; i++) {
      const time = String(BigInt(Date.now()) * 1_000_000n);
      const { body } = requestOfTrace(time, FILL_SPANS);
      await (await fetch(`${httpUrl}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body,
      })).body?.cancel();
    }
    if ((await statsOf()).signals.traces.evicted > 0) return;
  }
}

async function areThere({ uiUrl }: RunningCollector, traceIds: string[]): Promise<boolean> {
  for (const traceId of traceIds.slice(-20)) {
    const response = await fetch(`${uiUrl}/api/v3/traces/${traceId}`);
    await response.body?.cancel();
    if (!response.ok) return false;
  }
  return true;
}

/** Acknowledged data was received, and is stored unless newer data evicted it. */
async function checkCounts(
  kit: MeasuredProgram,
  { uiUrl }: RunningCollector,
  { acknowledged }: Load,
): Promise<void> {
  const { store } = await (await fetch(`${uiUrl}/api/kit/stats`)).json();
  for (const signal of ["traces", "logs", "metrics"] as const) {
    const { received, kept, evicted } = store.signals[signal];
    const isRight = received >= acknowledged[signal] && received === kept + evicted;
    if (!isRight) failures.push(`${kit.name}: the counts of ${signal} do not add up`);
  }
  if (store.failures) failures.push(`${kit.name}: its store failed ${store.failures.count} times`);
}
