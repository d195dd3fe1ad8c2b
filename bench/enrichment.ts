/**
 * Measures what `auto` adds to the cost of Deno's own telemetry. Compares a Hono app with only
 * OTEL_DENO=true to one with the preload: they run at the same time and are loaded in turn, for a
 * second each; then they are started in turn. A third app sets the same attributes by hand, which
 * shows the part of the cost that is Deno's own. The figures are medians, also of the differences
 * within the rounds.
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

const byHand = new TextDecoder().decode(
  await Deno.readFile(new URL("servers/same_attributes.js", import.meta.url)),
);
const PRELOADS = {
  native: undefined,
  enriched: preload,
  byHand: preloadUrl(byHand, { http: {}, specifiers: [] }),
};
type Name = keyof typeof PRELOADS;

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
    [`Deno ${deno.version}`, "its own telemetry", "enriched", "added", "by hand"],
    row("CPU of a request", "us", cpu),
    row("start to first answer", "ms", start),
  ]);
}

/** A figure of each program, measured in turn. */
type Round = Record<Name, number>;

function launchOf({ command }: MeasuredDeno, name: Name): Launch {
  const { args: [run = "run", ...args] } = fromSources("bench/servers/native.ts");
  const preloads = name === "native" ? [] : [`--require=${PRELOADS[name]}`];
  return { command, args: [run, ...preloads, ...args] };
}

/** Measures in turn; the first round compiles. */
async function measure(figureOf: (name: Name) => Promise<number>): Promise<Round[]> {
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    const figures = {
      native: await figureOf("native"),
      enriched: await figureOf("enriched"),
      byHand: await figureOf("byHand"),
    };
    if (round > 0) measured.push(figures);
  }
  return measured;
}

async function measureCpu(deno: MeasuredDeno): Promise<Round[]> {
  await using stack = new AsyncDisposableStack();
  const start = (name: Name) => startServer([], { launch: launchOf(deno, name), env }, stack);
  const started = {
    native: await start("native"),
    enriched: await start("enriched"),
    byHand: await start("byHand"),
  };
  return await measure(async (name) => {
    const { url, pid } = started[name];
    const before = cpuMicros(pid);
    const { requests } = await runWrk({ url: `${url}/`, connections: CONNECTIONS, seconds: 1 });
    return (cpuMicros(pid) - before) / requests;
  });
}

async function measureStart(deno: MeasuredDeno): Promise<Round[]> {
  return await measure(async (name) => {
    await using stack = new AsyncDisposableStack();
    const before = performance.now();
    const { url } = await startServer([], { launch: launchOf(deno, name), env }, stack);
    await (await fetch(url)).text();
    return performance.now() - before;
  });
}

function row(name: string, unit: string, measured: readonly Round[]): string[] {
  const figures = [
    median(measured.map(({ native }) => native)),
    median(measured.map(({ enriched }) => enriched)),
    median(measured.map(({ native, enriched }) => enriched - native)),
    median(measured.map(({ native, byHand }) => byHand - native)),
  ];
  return [name, ...figures.map((figure) => `${figure.toFixed(1)} ${unit}`)];
}
