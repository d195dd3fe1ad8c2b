/**
 * Measures what the spans of `auto` for database calls cost: the CPU of a call in a program with only
 * OTEL_DENO=true, in one with the preload, and in one that writes such a span by hand, which is Deno's own part of
 * the cost. They take turns, for a second each. The figures are medians, also of the differences within the rounds.
 *
 * deno task bench:databases [--rounds N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import { preloadUrl } from "../lib/launcher/deno/preload/settings.ts";
import { readProgramFile } from "../lib/program_files.ts";
import { withMariadb, withPostgres, withRedis } from "../tests/helpers/database_servers.ts";
import { type MeasuredDeno, measuredDenos } from "./denos.ts";
import { median } from "./median.ts";
import { printTable, status } from "./report.ts";
import { startSink } from "./servers/start_sink.ts";

const flags = parseArgs(Deno.args, { string: ["deno", "rounds"], collect: ["deno"] });
const rounds = Number(flags.rounds ?? 10);

const source = await readProgramFile("preload.js");
if (!source) throw new Error("Cannot measure: dist/preload.js is missing. Run deno task preload");

/** The clients, with what runs their servers. */
const CLIENTS = {
  pg: { specifiers: ["npm:pg@8.23.1"], withServer: withPostgres },
  mysql2: {
    specifiers: ["npm:mysql2@3.24.6/promise", "npm:mysql2@3.24.6"],
    withServer: withMariadb,
  },
  ioredis: { specifiers: ["npm:ioredis@5.11.1"], withServer: withRedis },
  kv: { specifiers: [], withServer: (use: (port: number) => Promise<void>) => use(0) },
};
const NAMES = ["native", "enriched", "spans"] as const;

await using servers = new AsyncDisposableStack();
const sink = await startSink(servers);
const env = {
  OTEL_DENO: "true",
  OTEL_DENO_CONSOLE: "ignore",
  OTEL_DENO_METRICS: "false",
  OTEL_EXPORTER_OTLP_ENDPOINT: `${sink.url}/databases`,
};

for (const deno of await measuredDenos(flags.deno)) {
  const rows = [[`Deno ${deno.version}`, "CPU of a call", "added by auto", "by hand"]];
  for (const [client, { specifiers, withServer }] of Object.entries(CLIENTS)) {
    status(`Deno ${deno.version}: ${client}`);
    await withServer(async (port) => {
      rows.push(await measure(deno, client, specifiers, port));
    });
  }
  printTable(rows);
}

async function measure(
  { command }: MeasuredDeno,
  client: string,
  specifiers: readonly string[],
  port: number,
): Promise<string[]> {
  const text = new TextDecoder().decode(source);
  const preload = preloadUrl(text, { http: {}, specifiers, watchesModules: false });
  await using stack = new AsyncDisposableStack();
  const programs = NAMES.map((name) => {
    const preloads = name === "enriched" ? [`--require=${preload}`] : [];
    const args = [
      "run",
      "-A",
      "--no-lock",
      "--unstable-kv",
      ...preloads,
      "bench/servers/queries.ts",
    ];
    const child = new Deno.Command(command, {
      args: [...args, client, specifiers[0] ?? "", String(port), name],
      env,
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const input = child.stdin.getWriter();
    stack.defer(async () => {
      await input.close();
      child.kill();
      await child.status;
    });
    // Each answer is one short line, which arrives whole.
    return { input, output: child.stdout.pipeThrough(new TextDecoderStream()).getReader() };
  });
  const figures: number[][] = NAMES.map(() => []);
  // The first round compiles.
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { input, output }] of programs.entries()) {
      await input.write(new TextEncoder().encode("\n"));
      const { value } = await output.read();
      if (round > 0) figures[i]!.push(Number(value));
    }
  }
  const [native = [], enriched = [], byHand = []] = figures;
  const added = (micros: number[]) => median(micros.map((figure, i) => figure - native[i]!));
  return [client, ...[median(native), added(enriched), added(byHand)].map(inMicros)];
}

function inMicros(figure: number): string {
  return `${figure.toFixed(1)} us`;
}
