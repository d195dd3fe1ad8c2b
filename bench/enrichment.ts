/**
 * What `auto` adds to the cost of Deno's own telemetry: a Hono app with only OTEL_DENO=true, and with the
 * preload. Both run at the same time and are loaded in turn, for a second each; then they are started in turn.
 * The figures are medians, also of the differences within the pairs.
 *
 * deno task bench:enrichment [--rounds N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import { preloadUrl } from "../lib/launcher/deno/preload/settings.ts";
import { readProgramFile } from "../lib/program_files.ts";
import { fromSources, type Launch } from "../tests/helpers/program.ts";
import { type MeasuredDeno, measuredDenos } from "./denos.ts";
import { median } from "./median.ts";
import { needWrk } from "./needs.ts";
import { cpuMicros } from "./process.ts";
import { printTable, status } from "./report.ts";
import { startServer } from "./servers/start_server.ts";
import { runWrk } from "./wrk.ts";

const CONNECTIONS = 32;

const flags = parseArgs(Deno.args, { string: ["deno", "rounds"], collect: ["deno"] });
const rounds = Number(flags.rounds ?? 20);
needWrk();

const source = await readProgramFile("preload.js");
if (!source) throw new Error("Cannot measure: dist/preload.js is missing. Run deno task preload");
const preload = preloadUrl(new TextDecoder().decode(source), {
  http: {},
  specifiers: ["hono"],
  watchesModules: false,
});

await using servers = new AsyncDisposableStack();
const sink = await startServer([], { launch: fromSources("bench/servers/sink.ts") }, servers);
const env = {
  OTEL_DENO: "true",
  OTEL_DENO_CONSOLE: "ignore",
  OTEL_DENO_METRICS: "false",
  OTEL_EXPORTER_OTLP_ENDPOINT: `${sink.url}/enrichment`,
};

for (const deno of await measuredDenos(flags.deno)) {
  status(`Deno ${deno.version}`);
  const cpu = await measureCpu(deno);
  const start = await measureStart(deno);
  printTable([
    [`Deno ${deno.version}`, "its own telemetry", "enriched", "added"],
    row("CPU of a request", "us", cpu),
    row("start to first answer", "ms", start),
  ]);
}

/** A figure of both programs, measured in turn. */
interface Pair {
  native: number;
  enriched: number;
}

function launchOf({ command }: MeasuredDeno, isEnriched: boolean): Launch {
  const { args: [run = "run", ...args] } = fromSources("bench/servers/native.ts");
  return { command, args: [run, ...isEnriched ? [`--require=${preload}`] : [], ...args] };
}

async function measureCpu(deno: MeasuredDeno): Promise<Pair[]> {
  await using stack = new AsyncDisposableStack();
  const start = (isEnriched: boolean) =>
    startServer([], { launch: launchOf(deno, isEnriched), env }, stack);
  const [native, enriched] = [await start(false), await start(true)];
  async function load({ url, pid }: typeof native): Promise<number> {
    const before = cpuMicros(pid);
    const { requests } = await runWrk({ url: `${url}/`, connections: CONNECTIONS, seconds: 1 });
    return (cpuMicros(pid) - before) / requests;
  }
  const pairs: Pair[] = [];
  // The first round compiles.
  for (let round = 0; round <= rounds; round++) {
    const pair = { native: await load(native), enriched: await load(enriched) };
    if (round > 0) pairs.push(pair);
  }
  return pairs;
}

async function measureStart(deno: MeasuredDeno): Promise<Pair[]> {
  async function answer(isEnriched: boolean): Promise<number> {
    await using stack = new AsyncDisposableStack();
    const before = performance.now();
    const { url } = await startServer([], { launch: launchOf(deno, isEnriched), env }, stack);
    await (await fetch(url)).text();
    return performance.now() - before;
  }
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = { native: await answer(false), enriched: await answer(true) };
    if (round > 0) pairs.push(pair);
  }
  return pairs;
}

function row(name: string, unit: string, pairs: readonly Pair[]): string[] {
  const figures = [
    median(pairs.map(({ native }) => native)),
    median(pairs.map(({ enriched }) => enriched)),
    median(pairs.map(({ native, enriched }) => enriched - native)),
  ];
  return [name, ...figures.map((figure) => `${figure.toFixed(1)} ${unit}`)];
}
