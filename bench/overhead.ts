/**
 * What a traced request costs: CPU of the whole process and throughput under full load, for the four
 * modes and two peers, all in one run and in turn, so that the machine's moods hit all of them alike.
 *
 * deno task bench:overhead [--rounds N] [--seconds N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { fromSources, type RunningProgram, withProgram } from "../tests/helpers/program.ts";

/** A tick of /proc/PID/stat in microseconds: USER_HZ is 100 on Linux. */
const TICK_US = 10_000;
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
  /** Spans that the receiver counted, of one for each request. */
  delivered: number;
  requests: number;
}

const { rounds, seconds } = readFlags();
const served = (mode: string) => ["serve", "--mode", mode, "--port", "0"];
const VARIANTS: Variant[] = [
  { name: "base", entry: "main.ts", args: served("base") },
  { name: "manual", entry: "main.ts", args: served("manual") },
  { name: "middleware", entry: "main.ts", args: served("middleware") },
  { name: "auto", entry: "main.ts", args: served("auto") },
  { name: "@hono/otel", entry: "bench/servers/hono_otel.ts", args: [] },
  { name: "Deno's own", entry: "bench/servers/native.ts", args: [], env: { OTEL_DENO: "true" } },
];

const results = new Map<string, Measurement[]>(VARIANTS.map(({ name }) => [name, []]));
const sinkLaunch = fromSources("bench/servers/sink.ts");
await withProgram([], { launch: sinkLaunch }, async (sink) => {
  for (let round = 1; round <= rounds; round++) {
    for (const variant of VARIANTS) {
      status(`round ${round} of ${rounds}: ${variant.name}`);
      results.get(variant.name)!.push(await measure(variant, sink.url));
    }
  }
});
print(results);

async function measure(variant: Variant, sinkUrl: string): Promise<Measurement> {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: sinkUrl,
    OTEL_TRACES_EXPORTER: "otlp",
    // All record what the stable conventions ask for, and no headers: @hono/otel does so by default.
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "(?!)",
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "(?!)",
    // Traces alone, as in the other variants.
    OTEL_DENO_METRICS: "false",
    OTEL_DENO_CONSOLE: "ignore",
    ...variant.env,
  };
  const before = await spansAt(sinkUrl);
  const options = { launch: fromSources(variant.entry), env };
  const measured = await withProgram(variant.args, options, async (server) => {
    const warmup = await load(server, WARMUP_SECONDS);
    const startTicks = cpuTicks(server);
    const { requests, requestsPerSecond } = await load(server, seconds);
    const ticks = cpuTicks(server) - startTicks;
    return {
      requestsPerSecond,
      cpuMicrosPerRequest: ticks * TICK_US / requests,
      requests: warmup.requests + requests,
    };
  });
  return { ...measured, delivered: await spansAt(sinkUrl) - before };
}

async function load({ url }: RunningProgram, seconds: number) {
  const { stdout, success } = await new Deno.Command("wrk", {
    args: ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, url],
  }).output();
  const text = new TextDecoder().decode(stdout);
  const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
  const requestsPerSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
  if (!success || !requests) throw new Error(`Cannot read what wrk says:\n${text}`);
  return { requests, requestsPerSecond };
}

/** User and system time of the process so far. */
function cpuTicks({ pid }: RunningProgram): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

async function spansAt(sinkUrl: string): Promise<number> {
  return Number(await (await fetch(sinkUrl)).text());
}

function print(results: Map<string, Measurement[]>): void {
  const base = medians(results.get("base")!);
  const rows = [["", "req/s", "of base", "CPU us/req", "added", "spans delivered"]];
  for (const [name, measurements] of results) {
    const { requestsPerSecond, cpuMicrosPerRequest } = medians(measurements);
    const delivered = sum(measurements.map(({ delivered }) => delivered));
    const requests = sum(measurements.map(({ requests }) => requests));
    rows.push([
      name,
      requestsPerSecond.toFixed(0),
      (requestsPerSecond / base.requestsPerSecond).toFixed(2),
      cpuMicrosPerRequest.toFixed(1),
      (cpuMicrosPerRequest - base.cpuMicrosPerRequest).toFixed(1),
      name === "base" ? "-" : `${delivered} of ${requests}`,
    ]);
  }
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)
    );
    Deno.stdout.writeSync(new TextEncoder().encode(`${cells.join("  ")}\n`));
  }
}

function medians(measurements: Measurement[]) {
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  return {
    requestsPerSecond: median(measurements.map(({ requestsPerSecond }) => requestsPerSecond)),
    cpuMicrosPerRequest: median(measurements.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest)),
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function status(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}

function readFlags(): { rounds: number; seconds: number } {
  const flags = parseArgs(Deno.args, { default: { rounds: 3, seconds: 4 } });
  try {
    new Deno.Command("wrk", { args: ["-v"], stdout: "null", stderr: "null" }).outputSync();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    status("Cannot measure: wrk is not installed. On Debian: apt-get install wrk");
    Deno.exit(1);
  }
  return { rounds: Number(flags.rounds), seconds: Number(flags.seconds) };
}
