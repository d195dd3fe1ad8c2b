/**
 * How fast spans are taken in and how much memory they take: requests of a hundred spans over
 * http/protobuf, each with trace ids of its own, beside the real Jaeger and the real Collector. The
 * servers run at the same time and are loaded in turn, round by round; the figures are medians.
 *
 * deno task bench:ingest [--rounds N] [--seconds N] [--traces 10] [--db FILE] [--millions N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { fromSources, withProgram } from "../tests/helpers/program.ts";
import { type Subject, withCollector, withJaeger } from "./ingest/peers.ts";
import { prepareRequest, traceId } from "./ingest/request.ts";

/** A tick of /proc/PID/stat in microseconds: USER_HZ is 100 on Linux. */
const TICK_US = 10_000;
const CONNECTIONS = 8;
const MIB = 2 ** 20;
const MAX_TRACES = 100_000;
const MAX_BYTES = 256 * MIB;
/** A span's way through a peer's batches. */
const QUERY_PATIENCE_MS = 5_000;

interface Measurement {
  spansPerSecond: number;
  cpuMicrosPerSpan: number;
}

const flags = parseArgs(Deno.args, { string: ["rounds", "seconds", "traces", "db", "millions"] });
const rounds = Number(flags.rounds ?? 5);
const seconds = Number(flags.seconds ?? 3);
const millions = Number(flags.millions ?? 10);
const request = prepareRequest(Number(flags.traces ?? 10));
const bodyFile = await Deno.makeTempFile();
await Deno.writeFile(bodyFile, request.body);
let nextNumber = 1;

try {
  await withOurs(async (ours) =>
    await withJaeger(async (jaeger) =>
      await withCollector(async (collector) => await compare([ours, jaeger, collector]))
    )
  );
  await withOurs(measureMemory);
} finally {
  await Deno.remove(bodyFile);
}

async function withOurs(use: (subject: Subject) => Promise<void>): Promise<void> {
  const launch = fromSources("bench/servers/ingest.ts");
  launch.args.splice(1, 0, "--allow-write");
  const args = [String(MAX_TRACES), String(MAX_BYTES), ...flags.db ? [flags.db] : []];
  await withProgram(args, { launch }, async ({ pid, url }) => {
    const hasTrace = async (id: string) => {
      const response = await fetch(`${url}/${id}`);
      await response.body?.cancel();
      return response.ok;
    };
    await use({ name: "otel-kit", pid, url, hasTrace });
  });
}

async function compare(subjects: Subject[]): Promise<void> {
  print(`${request.body.length} bytes a request of ${request.spanCount} spans`);
  const measured = new Map<Subject, Measurement[]>(subjects.map((subject) => [subject, []]));
  for (const subject of subjects) await load(subject, 1);
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) measured.get(subject)!.push(await load(subject, seconds));
  }
  const jaeger = medians(measured.get(subjects[1]!)!).spansPerSecond;
  for (const [subject, measurements] of measured) {
    const { spansPerSecond, cpuMicrosPerSpan } = medians(measurements);
    print([
      subject.name.padEnd(22),
      `${spansPerSecond.toFixed(0).padStart(7)} spans/s`,
      `${(spansPerSecond / jaeger).toFixed(2)} of Jaeger`,
      `${cpuMicrosPerSpan.toFixed(2).padStart(6)} us CPU/span`,
      `${residentMib(subject).toFixed(0).padStart(5)} MiB resident`,
      `(${measurements.map((one) => (one.spansPerSecond / 1000).toFixed(0)).join(" ")} k)`,
    ].join("  "));
  }
}

async function measureMemory(ours: Subject): Promise<void> {
  let peak = 0;
  const timer = setInterval(() => peak = Math.max(peak, residentMib(ours)), 200);
  try {
    for (let spans = 0; spans < millions * 1e6;) {
      spans += (await load(ours, seconds)).spansPerSecond * seconds;
    }
    const stats = await (await fetch(ours.url)).json();
    const { kept, received, evicted } = stats.signals.traces;
    print(
      `after ${received} spans (${kept} kept, ${evicted} evicted): ` +
        `${residentMib(ours).toFixed(0)} MiB resident, ${peak.toFixed(0)} MiB at most, ` +
        `${(stats.bytes / MIB).toFixed(0)} MiB counted`,
    );
  } finally {
    clearInterval(timer);
  }
}

/** Sends for some time, and makes sure that what was answered can be read. */
async function load(subject: Subject, seconds: number): Promise<Measurement> {
  const first = nextNumber;
  const ticks = cpuTicks(subject);
  const { stdout, success } = await new Deno.Command("wrk", {
    args: [
      ...["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "-s", "bench/ingest/send.lua", subject.url],
      ...["--", bodyFile, String(first), ...request.places.map(String)],
    ],
  }).output();
  const cpuMicros = (cpuTicks(subject) - ticks) * TICK_US;
  const text = new TextDecoder().decode(stdout);
  const count = Number(/(\d+) requests in/.exec(text)?.[1]);
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
  if (!success || !count || /Non-2xx|Socket errors/.test(text)) {
    throw new Error(`${subject.name} did not take it all:\n${text}`);
  }
  nextNumber += count + 2 * CONNECTIONS;
  await untilReadable(subject, traceId(0, first + count - CONNECTIONS));
  const spans = count * request.spanCount;
  return {
    spansPerSecond: perSecond * request.spanCount,
    cpuMicrosPerSpan: cpuMicros / spans,
  };
}

async function untilReadable({ name, hasTrace }: Subject, id: string): Promise<void> {
  if (!hasTrace) return;
  const end = performance.now() + QUERY_PATIENCE_MS;
  while (!await hasTrace(id)) {
    if (performance.now() > end) throw new Error(`${name} does not know trace ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** User and system time of the process so far. */
function cpuTicks({ pid }: Subject): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function residentMib({ pid }: Subject): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024 / MIB;
}

function medians(measurements: Measurement[]): Measurement {
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return {
    spansPerSecond: median(measurements.map((one) => one.spansPerSecond)),
    cpuMicrosPerSpan: median(measurements.map((one) => one.cpuMicrosPerSpan)),
  };
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
