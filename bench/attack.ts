/**
 * What a collector with a full store endures: honest senders of all signals over HTTP and gRPC, and one
 * attack after the other underneath. For each attack: what an innocent client had to wait for, the most
 * memory that the process took, and whether what was acknowledged is there. Fails if the process ends,
 * takes more than `--max-bytes` and 128 MB, loses what it acknowledged, lets the client wait for half a
 * second at the 99th percentile, or grows after the first minute.
 *
 * deno task bench:attack [--minutes 1] [--only TEXT] [--deno PATH]...
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
/** The allocator's and the garbage collectors' share of what may differ after the first minute. */
const MAX_GROWTH_MIB = 32;
const FILL_SPANS = 1000;

const flags = parseArgs(Deno.args, { string: ["minutes", "only", "deno"], collect: ["deno"] });
const minutes = Number(flags.minutes ?? 1);
const attacks = makeAttacks().filter(({ name }) => name.includes(flags.only ?? ""));
const failures: string[] = [];

await withFolder(async (folder) => {
  for (const deno of await measuredDenos(flags.deno)) {
    const { kit } = await preparePrograms(deno, folder);
    await withCollector((collector) => endure(kit, collector), { launch: kit.launch });
  }
});
for (const failure of failures) status(`Failed: ${failure}`);
Deno.exit(failures.length > 0 ? 1 : 0);

/** Fills the store, then attacks as long as asked, each attack in turn and as long as the others. */
async function endure(kit: MeasuredProgram, collector: RunningCollector): Promise<void> {
  status(`${kit.name}: filling the store`);
  await fill(collector);
  const load = startLoad(collector);
  const innocent = startInnocent(collector);
  const { pid } = collector.program;
  const rows = [[kit.name, "p50 ms", "p99", "worst", "answers", "refused", "MiB at most", "there"]];
  const start = performance.now();
  const attackMillis = minutes * 60_000 / attacks.length;
  let residentFirst: number | undefined;
  for (const attack of attacks) {
    rows.push(await endureOne(kit, collector, attack, attackMillis, { load, innocent }));
    if (performance.now() - start >= 60_000) residentFirst ??= residentMiB(pid);
  }
  await innocent.stop();
  await load.stop();
  await checkCounts(kit, collector, load);
  printTable(rows);
  const resident = residentMiB(pid);
  const first = residentFirst ?? resident;
  status(`${first.toFixed(0)} MiB after the first minute, ${resident.toFixed(0)} at the end`);
  if (resident > first + MAX_GROWTH_MIB) failures.push(`${kit.name} grew after the first minute`);
}

async function endureOne(
  kit: MeasuredProgram,
  collector: RunningCollector,
  attack: Attack,
  millis: number,
  { load, innocent }: { load: Load; innocent: Innocent },
): Promise<string[]> {
  const { pid } = collector.program;
  const fail = (what: string) => failures.push(`${kit.name}, ${attack.name}: ${what}`);
  // Starts the peak anew: https://docs.kernel.org/filesystems/proc.html
  await Deno.writeTextFile(`/proc/${pid}/clear_refs`, "5");
  innocent.take();
  const end = performance.now() + millis;
  await Promise.all(Array.from({ length: attack.senders }, async () => {
    while (performance.now() < end) {
      await attack.once(collector);
      // One that fails at once leaves others their turn.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }));
  const waits = innocent.take();
  const peak = peakMemoryMiB(pid);
  const p99 = percentile(waits.millis, 99);
  const isThere = await areThere(collector, load.traceIds);
  if (!(p99 < MAX_P99_MS)) fail(`an innocent client waited ${p99.toFixed(0)} ms`);
  if (waits.failures.length > 0) fail(`an innocent client got ${waits.failures[0]}`);
  if (kit.executable && peak > MAX_MIB) fail(`${peak.toFixed(0)} MiB of ${MAX_MIB.toFixed(0)}`);
  if (!isThere) fail("what was acknowledged is not there");
  return [
    attack.name,
    ...[50, 99, 100].map((percent) => percentile(waits.millis, percent).toFixed(0)),
    String(waits.millis.length),
    String(waits.failures.length),
    peak.toFixed(0),
    isThere ? "yes" : "NO",
  ];
}

/** Sends until the store has to give something up. */
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

/** What was acknowledged was received, and is kept unless it had to go for what came later. */
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
