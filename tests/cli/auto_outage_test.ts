import { assert, assertEquals } from "@std/assert";
import { testIf } from "../helpers/needs.ts";
import { type Otelcol, withOtelcol } from "../helpers/otelcol.ts";
import { type RunningProgram, withApp } from "../helpers/program.ts";
import { needsServers } from "../helpers/servers.ts";

const NEEDS = ["net", "env", "read", "write", "run"] as const;
const OUTAGES = 3;

/** Soon sent, soon sent again. */
const FLAGS = [
  ...["--bsp-schedule-delay", "20", "--blrp-schedule-delay", "20"],
  ...["--metric-export-interval", "100", "--metric-export-timeout", "100"],
];

testIf(
  needsServers("collector"),
  NEEDS,
  "auto lives on while its Collector, over gRPC, is killed and started again, and counts",
  async () => {
    await withOtelcol(async (otelcol) => {
      await otelcol.start();
      const args = ["auto", "--endpoint", otelcol.endpoints.grpc, "--protocol", "grpc", ...FLAGS];
      await withApp(args, {}, async (app) => {
        const requests = await sendThrough(app, otelcol);
        const { code, stderr } = await app.stop();
        assertEquals(code, 0, stderr);
        const books = [...stderr.matchAll(/Sent (\d+) of (\d+) (\w+) [^\n,]+(?:, lost (\d+))?/g)];
        assertEquals(books.map(([, , , what]) => what), ["spans", "data", "log"], stderr);
        for (const [line, sent, created, , lost = 0] of books) {
          assertEquals(Number(sent) + Number(lost), Number(created), line);
          assert(Number(sent) > 0, line);
        }
        assertEquals(Number(books[0]![2]), requests);
      });
    });
  },
);

/** Sends requests to the app all the time, through the outages; returns how many there were. */
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
