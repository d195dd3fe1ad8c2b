/**
 * What a traced request costs: CPU of the whole process and throughput under full load, for the four
 * modes and two peers. All servers run at the same time and are loaded in turn, for a second each and
 * many rounds, so that the machine's moods hit all of them alike; the figures are medians.
 *
 * deno task bench:overhead [--rounds N] [--seconds N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { cpuMicros } from "./process.ts";
import { printTable, status } from "./report.ts";
import { fromSources, type RunningProgram, withProgram } from "../tests/helpers/program.ts";

const CONNECTIONS = 32;
const WARMUP_SECONDS = 2;

interface Variant {
  name: string;
  entry: string;
  args: string[];
  env?: Record<string, string>;
}

interface Measurement {
  requestsPerSecond: number;
  cpuMicrosPerRequest: number;
}

/** A server under test, with what was measured of it. */
interface Subject {
  name: string;
  server: RunningProgram;
  measurements: Measurement[];
  requests: number;
}

const { rounds, seconds } = readFlags();
const served = (mode: string) => ["serve", "--mode", mode, "--port", "0"];
const TRACES_ALONE = { OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none" };
const VARIANTS: Variant[] = [
  { name: "base", entry: "main.ts", args: served("base") },
  { name: "manual", entry: "main.ts", args: served("manual") },
  { name: "middleware", entry: "main.ts", args: served("middleware") },
  { name: "auto", entry: "main.ts", args: served("auto"), env: TRACES_ALONE },
  { name: "auto, all signals", entry: "main.ts", args: served("auto") },
  { name: "@hono/otel", entry: "bench/servers/hono_otel.ts", args: [] },
  { name: "Deno's own", entry: "bench/servers/native.ts", args: [], env: { OTEL_DENO: "true" } },
];

const rows = await withServers(VARIANTS, [], async (subjects) => {
  for (const subject of subjects) await load(subject.server, WARMUP_SECONDS, subject);
  for (let round = 1; round <= rounds; round++) {
    status(`round ${round} of ${rounds}`);
    for (const subject of subjects) await measure(subject);
  }
});
print(rows);

/** Starts the servers, each with a receiver of its own, and tells what arrived when they are done. */
async function withServers(
  [variant, ...others]: Variant[],
  started: Subject[],
  use: (subjects: Subject[]) => Promise<void>,
): Promise<(Subject & { delivered: number })[]> {
  if (!variant) {
    await use(started);
    return [];
  }
  return await withProgram([], { launch: fromSources("bench/servers/sink.ts") }, async (sink) => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_TRACES_EXPORTER: "otlp",
      // All record what the stable conventions ask for, and no header: as @hono/otel does.
      OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "none",
      OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "none",
      // Traces alone, as in the other variants.
      OTEL_DENO_METRICS: "false",
      OTEL_DENO_CONSOLE: "ignore",
      ...variant.env,
    };
    const options = { launch: fromSources(variant.entry), env };
    const { rows, subject } = await withProgram(variant.args, options, async (server) => {
      const subject = { name: variant.name, server, measurements: [], requests: 0 };
      return { rows: await withServers(others, [...started, subject], use), subject };
    });
    const delivered = Number(await (await fetch(sink.url)).text());
    return [{ ...subject, delivered }, ...rows];
  });
}

async function measure(subject: Subject): Promise<void> {
  const start = cpuMicros(subject.server.pid);
  const { requests, requestsPerSecond } = await load(subject.server, seconds, subject);
  const micros = cpuMicros(subject.server.pid) - start;
  subject.measurements.push({
    requestsPerSecond,
    cpuMicrosPerRequest: micros / requests,
  });
}

async function load({ url }: RunningProgram, seconds: number, subject: { requests: number }) {
  const { stdout, success } = await new Deno.Command("wrk", {
    args: ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, url],
  }).output();
  const text = new TextDecoder().decode(stdout);
  const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
  const requestsPerSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
  if (!success || !requests) throw new Error(`Cannot read what wrk says:\n${text}`);
  subject.requests += requests;
  return { requests, requestsPerSecond };
}

function print(subjects: (Subject & { delivered: number })[]): void {
  const base = medians(subjects[0]!.measurements);
  const rows = [["", "req/s", "of base", "CPU us/req", "added", "spans delivered"]];
  for (const { name, measurements, delivered, requests } of subjects) {
    const { requestsPerSecond, cpuMicrosPerRequest } = medians(measurements);
    rows.push([
      name,
      requestsPerSecond.toFixed(0),
      (requestsPerSecond / base.requestsPerSecond).toFixed(2),
      cpuMicrosPerRequest.toFixed(1),
      (cpuMicrosPerRequest - base.cpuMicrosPerRequest).toFixed(1),
      name === "base" ? "-" : `${delivered} of ${requests}`,
    ]);
  }
  printTable(rows);
}

function medians(measurements: Measurement[]) {
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  return {
    requestsPerSecond: median(measurements.map(({ requestsPerSecond }) => requestsPerSecond)),
    cpuMicrosPerRequest: median(measurements.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest)),
  };
}

function readFlags(): { rounds: number; seconds: number } {
  const flags = parseArgs(Deno.args, { default: { rounds: 10, seconds: 1 } });
  try {
    new Deno.Command("wrk", { args: ["-v"], stdout: "null", stderr: "null" }).outputSync();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    status("Cannot measure: wrk is not installed. On Debian: apt-get install wrk");
    Deno.exit(1);
  }
  return { rounds: Number(flags.rounds), seconds: Number(flags.seconds) };
}
