/**
 * Measures what a traced request costs: CPU of the whole process and throughput under full load,
 * for the four modes and their peers. All servers run at the same time and are loaded in turn, for
 * a second each and many rounds, so that variations of the machine affect all of them alike; the
 * figures are medians. If other versions of Deno are given, their servers take their turns too. It
 * fails if any created item is missing at the receiver.
 *
 * deno task bench:overhead [--rounds N] [--seconds N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import type { Signal } from "../lib/otlp/signal.ts";
import { readClosingReport } from "../tests/helpers/closing_report.ts";
import { fromSources, type RunningProgram } from "../tests/helpers/program.ts";
import { type MeasuredDeno, measuredDenos } from "./denos.ts";
import { median } from "./median.ts";
import { needWrk } from "./needs.ts";
import { describeSpans, findMissing, type Outcome } from "./overhead/delivered.ts";
import { ALL_SIGNALS, BASE, COMMON_ENV, type Variant, VARIANTS } from "./overhead/variants.ts";
import { cpuMicros } from "./process.ts";
import { printTable, status } from "./report.ts";
import { startServer } from "./servers/start_server.ts";
import { startSink } from "./servers/start_sink.ts";
import { runWrk } from "./wrk.ts";

const CONNECTIONS = 32;
const WARMUP_SECONDS = 2;

/** A server under test, with its results. */
interface Subject {
  variant: Variant;
  deno: MeasuredDeno;
  server: RunningProgram;
  /** The target of its telemetry. */
  sinkUrl: string;
  /** For each round. */
  requestsPerSecond: number[];
  cpuMicrosPerRequest: number[];
  /** For all rounds. */
  requests: number;
}

const flags = parseArgs(Deno.args, { string: ["deno", "rounds", "seconds"], collect: ["deno"] });
const rounds = Number(flags.rounds ?? 10);
const seconds = Number(flags.seconds ?? 1);
needWrk();
const denos = await measuredDenos(flags.deno);
await using servers = new AsyncDisposableStack();
const subjects = await startSubjects(denos, servers);

for (const subject of subjects) await load(subject, WARMUP_SECONDS);
for (let round = 1; round <= rounds; round++) {
  status(`round ${round} of ${rounds}`);
  for (const subject of subjects) await measure(subject);
}
// Not measured: each response of this route also creates a log record.
for (const subject of subjects) {
  if (subject.variant.name === ALL_SIGNALS) await load(subject, WARMUP_SECONDS, "/error");
}

const outcomes = new Map<Subject, Outcome>();
for (const subject of subjects) outcomes.set(subject, await finish(subject));
for (const deno of denos) print(deno);
if (subjects.map(tellMissing).some(Boolean)) Deno.exitCode = 1;

/** Starts all variants on all versions of Deno, those of one variant side by side. */
async function startSubjects(
  denos: readonly MeasuredDeno[],
  stack: AsyncDisposableStack,
): Promise<Subject[]> {
  const sink = await startSink(stack);
  const subjects: Subject[] = [];
  for (const variant of VARIANTS) {
    for (const deno of denos) {
      const sinkUrl = `${sink.url}/${subjects.length}`;
      const launch = { ...fromSources(variant.entry), command: deno.command };
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sinkUrl, ...COMMON_ENV, ...variant.env };
      const server = await startServer([...variant.args], { launch, env }, stack);
      subjects.push({
        variant,
        deno,
        server,
        sinkUrl,
        requestsPerSecond: [],
        cpuMicrosPerRequest: [],
        requests: 0,
      });
    }
  }
  return subjects;
}

async function measure(subject: Subject): Promise<void> {
  const start = cpuMicros(subject.server.pid);
  const { requests, requestsPerSecond } = await load(subject, seconds);
  const micros = cpuMicros(subject.server.pid) - start;
  subject.requestsPerSecond.push(requestsPerSecond);
  subject.cpuMicrosPerRequest.push(micros / requests);
}

async function load(subject: Subject, seconds: number, path = "/") {
  const url = `${subject.server.url}${path}`;
  const result = await runWrk({ url, connections: CONNECTIONS, seconds });
  subject.requests += result.requests;
  return result;
}

/** Stops a server, which flushes its queue, and counts what arrived. */
async function finish({ server, sinkUrl, variant, requests }: Subject): Promise<Outcome> {
  const { stderr } = await server.stop();
  const received: Record<Signal, number> = await (await fetch(sinkUrl)).json();
  return { requests, received, report: variant.hasReport ? readClosingReport(stderr) : undefined };
}

function print(deno: MeasuredDeno): void {
  const own = subjects.filter((subject) => subject.deno === deno);
  const base = own.find(({ variant }) => variant.name === BASE)!;
  const rows = [[`Deno ${deno.version}`, "req/s", "of base", "CPU us/req", "added", "spans"]];
  for (const subject of own) {
    const requestsPerSecond = median(subject.requestsPerSecond);
    const cpuMicrosPerRequest = median(subject.cpuMicrosPerRequest);
    const { name, isTraced } = subject.variant;
    rows.push([
      name,
      requestsPerSecond.toFixed(0),
      (requestsPerSecond / median(base.requestsPerSecond)).toFixed(2),
      cpuMicrosPerRequest.toFixed(1),
      (cpuMicrosPerRequest - median(base.cpuMicrosPerRequest)).toFixed(1),
      isTraced ? describeSpans(outcomes.get(subject)!) : "-",
    ]);
  }
  printTable(rows);
}

/** Reports missing items; returns whether there were any. */
function tellMissing(subject: Subject): boolean {
  const { variant, deno } = subject;
  const missing = variant.isTraced ? findMissing(outcomes.get(subject)!) : [];
  for (const line of missing) status(`Missing: ${variant.name} on Deno ${deno.version}: ${line}`);
  return missing.length > 0;
}
