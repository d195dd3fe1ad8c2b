/**
 * Measures what `auto` adds to the cost of Deno's own telemetry. Compares a Hono app with only
 * OTEL_DENO=true to one with the preload: they run at the same time and are loaded in turn, for a
 * second each; then they are started in turn. A third app sets the same attributes by hand, which
 * shows the part of the cost that is Deno's own. A fourth, for the start only, also watches which
 * modules are loaded, as `auto` does if it cannot tell what a program imports. The figures are
 * medians, also of the differences within the rounds. The last line is about spans without a server.
 *
 * deno task bench:enrichment [--rounds N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import { fileURLToPath } from "node:url";
import { preloadUrl } from "../lib/launcher/deno/preload/settings.ts";
import { readProgramFile } from "../lib/program_files.ts";
import { fromSources, type Launch, type RunningProgram } from "../tests/helpers/program.ts";
import { type MeasuredDeno, measuredDenos } from "./denos.ts";
import { median } from "./median.ts";
import { needWrk } from "./needs.ts";
import { threadMicros } from "./process.ts";
import { printTable, status } from "./report.ts";
import { startServer } from "./servers/start_server.ts";
import { startSink } from "./servers/start_sink.ts";
import { runWrk } from "./wrk.ts";

const CONNECTIONS = 32;

const flags = parseArgs(Deno.args, { string: ["deno", "rounds"], collect: ["deno"] });
const rounds = Number(flags.rounds ?? 20);
needWrk();

const source = await readProgramFile("preload.js");
if (!source) throw new Error("Cannot measure: dist/preload.js is missing. Run deno task preload");
const preload = new TextDecoder().decode(source);

const byHand = new TextDecoder().decode(
  await Deno.readFile(new URL("servers/same_attributes.js", import.meta.url)),
);
const PRELOADS = {
  native: undefined,
  enriched: preloadUrl(preload, { http: {}, specifiers: ["hono"], watchesModules: false }),
  watching: preloadUrl(preload, { http: {}, specifiers: [], watchesModules: true }),
  byHand: preloadUrl(byHand, { http: {}, specifiers: [] }),
};
type Name = keyof typeof PRELOADS;

const LOADED = ["native", "enriched", "byHand"] as const;
const STARTED = ["native", "enriched", "watching"] as const;

await using servers = new AsyncDisposableStack();
const sink = await startSink(servers);
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
    [`Deno ${deno.version}`, "its own telemetry", "added by auto", "by hand", "by watching"],
    row("CPU of a request", "us", cpu, (micros) => micros),
    row("CPU of a start", "ms", start, ({ cpuMillis }) => cpuMillis),
    row("start to first answer", "ms", start, ({ millis }) => millis),
  ]);
  const micros = await measureSpan(deno);
  status(`Six attributes and a name cost Deno ${micros.toFixed(1)} us of CPU per span`);
}

/** The figures of each program, measured in turn. */
type Round<Figures> = Partial<Record<Name, Figures>>;

/** A start, up to the first response. */
interface Start {
  millis: number;
  cpuMillis: number;
}

function launchOf({ command }: MeasuredDeno, name: Name): Launch {
  const { args: [run = "run", ...args] } = fromSources("bench/servers/native.ts");
  const preloads = name === "native" ? [] : [`--require=${PRELOADS[name]}`];
  return { command, args: [run, ...preloads, ...args] };
}

/** Measures in turn; the first round compiles. */
async function measure<T>(
  names: readonly Name[],
  figureOf: (name: Name) => Promise<T>,
): Promise<Round<T>[]> {
  const measured: Round<T>[] = [];
  for (let round = 0; round <= rounds; round++) {
    const figures: Round<T> = {};
    for (const name of names) figures[name] = await figureOf(name);
    if (round > 0) measured.push(figures);
  }
  return measured;
}

async function measureCpu(deno: MeasuredDeno): Promise<Round<number>[]> {
  await using stack = new AsyncDisposableStack();
  const started = new Map<Name, RunningProgram>();
  for (const name of LOADED) {
    started.set(name, await startServer([], { launch: launchOf(deno, name), env }, stack));
  }
  return await measure(LOADED, async (name) => {
    const { url, pid } = started.get(name)!;
    const before = threadMicros(pid);
    const { requests } = await runWrk({ url: `${url}/`, connections: CONNECTIONS, seconds: 1 });
    return (threadMicros(pid) - before) / requests;
  });
}

async function measureStart(deno: MeasuredDeno): Promise<Round<Start>[]> {
  return await measure(STARTED, async (name) => {
    await using stack = new AsyncDisposableStack();
    const before = performance.now();
    const { url, pid } = await startServer([], { launch: launchOf(deno, name), env }, stack);
    await (await fetch(url)).text();
    return { millis: performance.now() - before, cpuMillis: threadMicros(pid) / 1000 };
  });
}

/** What attributes and a name cost Deno, in microseconds per span. */
async function measureSpan({ command }: MeasuredDeno): Promise<number> {
  const program = fileURLToPath(new URL("servers/span_costs.js", import.meta.url));
  const { stdout } = await new Deno.Command(command, {
    args: ["run", "--no-config", "--allow-sys", program],
    env: { ...env, OTEL_BSP_SCHEDULE_DELAY: "40" },
    stderr: "inherit",
  }).output();
  return Number(new TextDecoder().decode(stdout));
}

function row<T>(
  name: string,
  unit: string,
  measured: readonly Round<T>[],
  figureOf: (figures: T) => number,
): string[] {
  const figures = (name: Name) =>
    measured.flatMap(({ [name]: figures }) => figures === undefined ? [] : [figureOf(figures)]);
  const native = figures("native");
  const added = (name: Name) => median(figures(name).map((figure, i) => figure - native[i]!));
  return [
    name,
    ...[median(native), added("enriched"), added("byHand"), added("watching")]
      .map((figure) => Number.isNaN(figure) ? "–" : `${figure.toFixed(1)} ${unit}`),
  ];
}
