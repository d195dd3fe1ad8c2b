/**
 * The startup time and memory of instrumentation with no code changes: `otel-kit auto` with all three signals
 * on, compared with `serve --mode base`. The two are started in turn; the figures are medians, also of the
 * differences within the pairs. If other versions of Deno are given, they are measured too.
 *
 * deno task bench:auto [--rounds N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import { withFolder } from "../tests/helpers/folder.ts";
import { type Launch, withApp } from "../tests/helpers/program.ts";
import { measuredDenos } from "./denos.ts";
import { type MeasuredProgram, preparePrograms } from "./kit.ts";
import { median } from "./median.ts";
import { residentMiB } from "./process.ts";
import { printTable } from "./report.ts";
import { startSink } from "./servers/start_sink.ts";

const flags = parseArgs(Deno.args, { string: ["deno", "rounds"], collect: ["deno"] });
const rounds = Number(flags.rounds ?? 20);
const denos = await measuredDenos(flags.deno);

/** After this many requests, everything that is loaded lazily has been loaded. */
const REQUESTS = 200;

interface Measurement {
  /** From the start of the process to the first response. */
  startMillis: number;
  /** Resident memory at that time, and after the requests. */
  startMebibytes: number;
  usedMebibytes: number;
}

/** The results for the kit on one version of Deno. */
interface Pairs {
  kit: MeasuredProgram;
  base: Measurement[];
  auto: Measurement[];
}

await using servers = new AsyncDisposableStack();
const sink = await startSink(servers);
const env = {
  OTEL_EXPORTER_OTLP_ENDPOINT: `${sink.url}/auto`,
  OTEL_BSP_SCHEDULE_DELAY: "100",
};

await withFolder(async (folder) => {
  const measured: Pairs[] = [];
  for (const deno of denos) {
    measured.push({ kit: (await preparePrograms(deno, folder)).kit, base: [], auto: [] });
  }
  for (let round = 0; round <= rounds; round++) {
    for (const { kit: { launch }, base, auto } of measured) {
      const ofBase = await measure(["serve", "--mode", "base"], launch, {});
      const ofAuto = await measure(["auto"], launch, env);
      // The first round fills the machine's caches.
      if (round === 0) continue;
      base.push(ofBase);
      auto.push(ofAuto);
    }
  }
  for (const pairs of measured) print(pairs);
});

async function measure(
  args: string[],
  launch: Launch,
  env: Record<string, string>,
): Promise<Measurement> {
  const start = performance.now();
  return await withApp(args, { launch, env }, async ({ url, pid }) => {
    await (await fetch(url)).text();
    const startMillis = performance.now() - start;
    const startMebibytes = residentMiB(pid);
    for (let i = 0; i < REQUESTS; i++) await (await fetch(url)).text();
    return { startMillis, startMebibytes, usedMebibytes: residentMiB(pid) };
  });
}

function print({ kit: { name, executable }, base, auto }: Pairs): void {
  const rows = [
    ["start to first answer", "ms", "startMillis"],
    ["memory at the start", "MiB", "startMebibytes"],
    [`memory after ${REQUESTS} requests`, "MiB", "usedMebibytes"],
  ] as const;
  printTable([
    [executable ? name : `${name}, from sources`, "base", "auto", "added"],
    ...rows.map(([name, unit, key]) => [
      name,
      ...[
        median(base.map((one) => one[key])),
        median(auto.map((one) => one[key])),
        median(auto.map((one, i) => one[key] - base[i]![key])),
      ].map((figure) => `${figure.toFixed(1)} ${unit}`),
    ]),
  ]);
}
