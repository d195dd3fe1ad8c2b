import { assert, assertEquals } from "@std/assert";
import { testIf } from "../helpers/needs.ts";
import { type Otelcol, withOtelcol } from "../helpers/otelcol.ts";
import { type RunningProgram, withApp } from "../helpers/program.ts";
import { needsServers } from "../helpers/servers.ts";

const NEEDS = ["net", "env", "read", "write", "run"] as const;
const OUTAGES = 3;

/** Short delays for the first export and for retries. */
const FLAGS = [
  ...["--bsp-schedule-delay", "20", "--blrp-schedule-delay", "20"],
  ...["--metric-export-interval", "100", "--metric-export-timeout", "100"],
];

testIf(
  needsServers("collector"),
  NEEDS,
  "auto survives restarts of its Collector over gRPC, and counts correctly",
  async () => {
    await withOtelcol(async (otelcol) => {
      await otelcol.start();
      const args = ["auto", "--endpoint", otelcol.endpoints.grpc, "--protocol", "grpc", ...FLAGS];
      await withApp(args, {}, async (app) => {
        const requests = await sendThrough(app, otelcol);
        const { code, stderr } = await app.stop();
        assertEquals(code, 0, stderr);
        const reported = stderr.split("\n").filter((line) => line.startsWith("Sent "));
        assertEquals(reported.length, 3, stderr);
        for (const line of reported) {
          const [sent, created] = [countOf("Sent", line), countOf("of", line)];
          assertEquals(sent + countOf("lost", line) + countOf("dropped", line), created, line);
          assert(sent > 0, line);
        }
        assertEquals(countOf("of", reported[0]!), requests);
      });
    });
  },
);

/** The number after a word; 0 if the word is missing. */
function countOf(word: string, line: string): number {
  return Number(new RegExp(`\\b${word} (\\d+)`).exec(line)?.[1] ?? 0);
}

/** Sends requests to the app throughout the outages, and returns how many there were. */
async function sendThrough({ url }: RunningProgram, otelcol: Otelcol): Promise<number> {
  let requests = 0;
  const ask = async (count: number) => {
    for (const until = requests + count; requests < until; requests++) {
      await (await fetch(`${url}/error`)).text();
    }
  };
  for (let outage = 0; outage < OUTAGES; outage++) {
    await ask(100);
    await otelcol.kill();
    await ask(100);
    await otelcol.start();
  }
  const lines = await otelcol.countLines();
  await ask(20);
  await otelcol.waitForLines(lines + 1);
  return requests;
}
