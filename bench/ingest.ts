/**
 * Measures how fast spans are ingested, and how much memory that takes. Sends requests of a hundred
 * spans over http/protobuf, each with its own trace ids, and compares the kit with the real Jaeger
 * and the real Collector. With `--signal`, it sends log records or data points, which Jaeger does not
 * accept. The servers run at the same time and are loaded in turn, round by round;
 * the figures are medians. If other versions of Deno are given, the kit runs on each of them.
 *
 * deno task bench:ingest [--rounds N] [--seconds N] [--traces 10] [--signal logs] [--db FILE]
 *   [--millions N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import { fromSources, withProgram } from "../tests/helpers/program.ts";
import { type MeasuredDeno, measuredDenos } from "./denos.ts";
import { type Subject, withCollector, withJaeger } from "./ingest/peers.ts";
import { prepareRequest, traceId } from "./ingest/request.ts";
import { SIGNALS } from "../lib/otlp/signal.ts";
import { median } from "./median.ts";
import { needCollectorAndJaeger, needWrk } from "./needs.ts";
import { cpuMicros, peakMemoryMiB, residentMiB } from "./process.ts";
import { printTable, status } from "./report.ts";
import { runWrk } from "./wrk.ts";

const CONNECTIONS = 8;
const MIB = 2 ** 20;
const MAX_TRACES = 100_000;
const MAX_BYTES = 256 * MIB;
/** The time that a span spends in a peer's batches. */
const QUERY_PATIENCE_MS = 5_000;

const NAMES = { traces: "spans", logs: "log records", metrics: "data points" };

interface Measurement {
  itemsPerSecond: number;
  cpuMicrosPerItem: number;
}

const flags = parseArgs(Deno.args, {
  string: ["rounds", "seconds", "traces", "signal", "db", "millions", "deno"],
  collect: ["deno"],
});
const rounds = Number(flags.rounds ?? 5);
const seconds = Number(flags.seconds ?? 3);
const millions = Number(flags.millions ?? 10);
needWrk();
needCollectorAndJaeger();
const denos = await measuredDenos(flags.deno);
const signal = SIGNALS.find((signal) => signal === (flags.signal ?? "traces"));
if (!signal) throw new TypeError(`Cannot send "${flags.signal}": expected ${SIGNALS.join(", ")}`);
const request = prepareRequest(signal, Number(flags.traces ?? 10));
const bodyFile = await Deno.makeTempFile();
await Deno.writeFile(bodyFile, request.body);
let nextNumber = 1;

try {
  await withOurs(
    denos,
    async (ours) =>
      await withCollector(async (collector) => {
        if (signal !== "traces") return await compare([...ours, collector]);
        await withJaeger(async (jaeger) => await compare([...ours, jaeger, collector]));
      }),
  );
  const memory = [["", "items", "kept", "evicted", "MiB resident", "at most", "counted"]];
  for (const deno of denos) {
    await withOurs([deno], async ([ours]) => void memory.push(await measureMemory(ours!)));
  }
  printTable(memory);
} finally {
  await Deno.remove(bodyFile);
}

/** Runs the kit's receiver and store on each version of Deno. */
async function withOurs(
  [deno, ...others]: readonly MeasuredDeno[],
  use: (subjects: Subject[]) => Promise<void>,
): Promise<void> {
  if (!deno) return await use([]);
  const launch = { ...fromSources("bench/servers/ingest.ts", ["write"]), command: deno.command };
  const file = flags.db && `${flags.db}-${deno.version}`;
  const args = [String(MAX_TRACES), String(MAX_BYTES), ...file ? [file] : []];
  await withProgram(args, { launch }, async ({ pid, url }) => {
    const hasTrace = async (id: string) => {
      const response = await fetch(`${url}/${id}`);
      await response.body?.cancel();
      return response.ok;
    };
    const ours = { name: `otel-kit, Deno ${deno.version}`, pid, url, hasTrace };
    await withOurs(others, async (rest) => await use([ours, ...rest]));
  });
}

async function compare(subjects: Subject[]): Promise<void> {
  status(`${request.body.length} bytes a request of ${request.itemCount} ${NAMES[request.signal]}`);
  const measured = new Map<Subject, Measurement[]>(subjects.map((subject) => [subject, []]));
  for (const subject of subjects) await load(subject, 1);
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) measured.get(subject)!.push(await load(subject, seconds));
  }
  const collector = medians(measured.get(subjects.at(-1)!)!).itemsPerSecond;
  printTable([
    ["", "items/s", "of Collector", "CPU us/item", "MiB resident", "rounds, k items/s"],
    ...[...measured].map(([subject, measurements]) => {
      const { itemsPerSecond, cpuMicrosPerItem } = medians(measurements);
      return [
        subject.name,
        itemsPerSecond.toFixed(0),
        (itemsPerSecond / collector).toFixed(2),
        cpuMicrosPerItem.toFixed(2),
        residentMiB(subject.pid).toFixed(0),
        measurements.map((one) => (one.itemsPerSecond / 1000).toFixed(0)).join(" "),
      ];
    }),
  ]);
}

/** Loads a kit with millions of items; returns their number and the memory. */
async function measureMemory(ours: Subject): Promise<string[]> {
  for (let items = 0; items < millions * 1e6;) {
    items += (await load(ours, seconds)).itemsPerSecond * seconds;
  }
  const stats = await (await fetch(ours.url)).json();
  const { kept, received, evicted } = stats.signals[request.signal];
  const mebibytes = [residentMiB(ours.pid), peakMemoryMiB(ours.pid), stats.bytes / MIB];
  return [ours.name, received, kept, evicted, ...mebibytes.map((one) => one.toFixed(0))]
    .map(String);
}

/** Sends for some time, and checks that acknowledged spans can be read. */
async function load(subject: Subject, seconds: number): Promise<Measurement> {
  const first = nextNumber;
  const startMicros = cpuMicros(subject.pid);
  const { requests, requestsPerSecond, isClean, text } = await runWrk({
    url: subject.url,
    connections: CONNECTIONS,
    seconds,
    script: {
      path: "bench/ingest/send.lua",
      args: [bodyFile, request.signal, String(first), ...request.places.map(String)],
    },
  });
  const micros = cpuMicros(subject.pid) - startMicros;
  if (!isClean) throw new Error(`${subject.name} did not take it all:\n${text}`);
  nextNumber += requests + 2 * CONNECTIONS;
  await untilReadable(subject, traceId(0, first + requests - CONNECTIONS));
  return {
    itemsPerSecond: requestsPerSecond * request.itemCount,
    cpuMicrosPerItem: micros / (requests * request.itemCount),
  };
}

async function untilReadable({ name, hasTrace }: Subject, id: string): Promise<void> {
  if (!hasTrace || request.signal !== "traces") return;
  const end = performance.now() + QUERY_PATIENCE_MS;
  while (!await hasTrace(id)) {
    if (performance.now() > end) throw new Error(`${name} does not know trace ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function medians(measurements: Measurement[]): Measurement {
  return {
    itemsPerSecond: median(measurements.map((one) => one.itemsPerSecond)),
    cpuMicrosPerItem: median(measurements.map((one) => one.cpuMicrosPerItem)),
  };
}
