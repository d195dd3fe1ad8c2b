/**
 * What instrumentation without code costs before the first request and in memory: the executable's
 * `auto`, all three signals on, beside `serve --mode base`. The two are started in turn; the figures
 * are medians, of the differences within the pairs too. Needs `deno task compile` first.
 *
 * deno task bench:auto [--rounds N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { executable, fromSources, withApp, withProgram } from "../tests/helpers/program.ts";

const { rounds } = parseArgs(Deno.args, { default: { rounds: 20 } });

/** After so many requests everything that is loaded late is there. */
const REQUESTS = 200;

interface Measurement {
  /** From the start of the process to the first answer. */
  startMillis: number;
  /** Resident memory when that answer is there, and after the requests. */
  startMebibytes: number;
  usedMebibytes: number;
}

await withProgram([], { launch: fromSources("bench/servers/sink.ts") }, async (sink) => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_BSP_SCHEDULE_DELAY: "100" };
  const base: Measurement[] = [];
  const auto: Measurement[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = [await measure(["serve", "--mode", "base"], {}), await measure(["auto"], env)];
    // The first round fills the machine's caches.
    if (round === 0) continue;
    base.push(pair[0]!);
    auto.push(pair[1]!);
  }
  print(base, auto);
});

async function measure(args: string[], env: Record<string, string>): Promise<Measurement> {
  const start = performance.now();
  return await withApp(args, { launch: executable(), env }, async ({ url, pid }) => {
    await (await fetch(url)).text();
    const startMillis = performance.now() - start;
    const startMebibytes = residentMebibytes(pid);
    for (let i = 0; i < REQUESTS; i++) await (await fetch(url)).text();
    return { startMillis, startMebibytes, usedMebibytes: residentMebibytes(pid) };
  });
}

function residentMebibytes(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

function print(base: Measurement[], auto: Measurement[]): void {
  const rows = [
    ["start to first answer", "ms", "startMillis"],
    ["memory at the start", "MiB", "startMebibytes"],
    [`memory after ${REQUESTS} requests`, "MiB", "usedMebibytes"],
  ] as const;
  const encoder = new TextEncoder();
  const line = (...cells: string[]) => {
    const [first = "", ...others] = cells;
    const text = first.padEnd(28) + others.map((cell) => cell.padStart(12)).join("");
    Deno.stdout.writeSync(encoder.encode(`${text}\n`));
  };
  line(`${rounds} pairs`, "base", "auto", "added");
  for (const [name, unit, key] of rows) {
    const figures = [
      median(base.map((one) => one[key])),
      median(auto.map((one) => one[key])),
      median(auto.map((one, i) => one[key] - base[i]![key])),
    ];
    line(name, ...figures.map((figure) => `${figure.toFixed(1)} ${unit}`));
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
