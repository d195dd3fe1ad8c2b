/**
 * How fast the collector ingests spans over gRPC: requests of a hundred spans, each with its own trace ids,
 * sent by grpc-go, compared with the real Collector and, if given, with the collector of other sources, such as
 * a worktree of an older commit. All run at the same time and are loaded in turn, round by round; the figures
 * are medians. Needs Go and otelcol.
 *
 * deno task bench:ingest-grpc [--rounds N] [--seconds N] [--connections 8] [--calls 1] [--other DIR]
 */
import { parseArgs } from "@std/cli/parse-args";
import { withCollector as withOurs } from "../tests/helpers/collector_program.ts";
import { sourcesThatRun } from "../tests/helpers/program.ts";
import { type Subject, withCollector } from "./ingest/peers.ts";
import { prepareRequest } from "./ingest/request.ts";
import { median } from "./median.ts";
import { cpuMicros } from "./process.ts";
import { printTable, status } from "./report.ts";

const GO = new URL("../tests/testdata/go/", import.meta.url).pathname;
const TRACES_PER_REQUEST = 10;

interface Measurement {
  spansPerSecond: number;
  cpuMicrosPerSpan: number;
}

type GrpcSubject = Pick<Subject, "name" | "pid"> & { grpcPort: number };

const flags = parseArgs(Deno.args, {
  string: ["rounds", "seconds", "connections", "calls", "other"],
});
const rounds = Number(flags.rounds ?? 5);
const seconds = Number(flags.seconds ?? 3);
const { connections = "8", calls = "1", other } = flags;
const request = prepareRequest("traces", TRACES_PER_REQUEST);
let nextNumber = 1;

const folder = await Deno.makeTempDir();
try {
  await Deno.writeFile(`${folder}/request`, request.body);
  await buildLoad();
  await withKit("otel-kit", undefined, async (ours) => {
    await withCollector(async ({ name, pid, grpcPort }) => {
      const subjects = [ours, { name, pid, grpcPort: grpcPort! }];
      if (other === undefined) return await compare(subjects);
      await withKit(`otel-kit of ${other}`, other, (theirs) => compare([...subjects, theirs]));
    });
  });
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function buildLoad(): Promise<void> {
  const args = ["build", "-o", `${folder}/load`, "./load"];
  const { success } = await new Deno.Command("go", { args, cwd: GO, stderr: "inherit" }).output();
  if (!success) throw new Error("Cannot build what sends the requests");
}

/** The collector from these sources, or from those in a folder. */
async function withKit(
  name: string,
  sources: string | undefined,
  use: (subject: GrpcSubject) => Promise<void>,
): Promise<void> {
  const launch = sourcesThatRun();
  if (sources !== undefined) launch.args.splice(-1, 1, `${sources}/main.ts`);
  await withOurs(async ({ grpcUrl, program }) => {
    await use({ name, pid: program.pid, grpcPort: Number(new URL(grpcUrl).port) });
  }, { launch });
}

async function compare(subjects: GrpcSubject[]): Promise<void> {
  const measured = new Map<GrpcSubject, Measurement[]>(subjects.map((subject) => [subject, []]));
  for (const subject of subjects) await load(subject, 1);
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) measured.get(subject)!.push(await load(subject, seconds));
    status(`round ${round + 1} of ${rounds}`);
  }
  printTable([
    ["", "spans/s", "us CPU/span", "each round, k spans/s"],
    ...[...measured].map(([{ name }, measurements]) => [
      name,
      median(measurements.map(({ spansPerSecond }) => spansPerSecond)).toFixed(0),
      median(measurements.map(({ cpuMicrosPerSpan }) => cpuMicrosPerSpan)).toFixed(2),
      measurements.map(({ spansPerSecond }) => (spansPerSecond / 1000).toFixed(0)).join(" "),
    ]),
  ]);
}

/** Sends for some time. */
async function load({ name, pid, grpcPort }: GrpcSubject, seconds: number): Promise<Measurement> {
  const before = cpuMicros(pid);
  const { stdout, success } = await new Deno.Command(`${folder}/load`, {
    args: [
      ...[String(grpcPort), connections, calls, String(seconds), `${folder}/request`],
      ...[String(nextNumber), ...request.places.map(String)],
    ],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${name} did not take it all`);
  const cpu = cpuMicros(pid) - before;
  const [count = 0, elapsed = 0] = new TextDecoder().decode(stdout).split(" ").map(Number);
  nextNumber += count + Number(connections) * Number(calls);
  const spans = count * request.itemCount;
  return { spansPerSecond: spans / elapsed, cpuMicrosPerSpan: cpu / spans };
}
