/** A Node program that ends at once ends as it would without the launcher, and its telemetry arrives. */
import { assertEquals } from "@std/assert";
import { buildPreload } from "../../../helpers/builds.ts";
import { testIf } from "../../../helpers/needs.ts";
import { type ProgramOptions, sourcesThatRun, withProgram } from "../../../helpers/program.ts";
import { startHttpReceiver } from "../../../helpers/receiver.ts";
import { startSilentServer } from "../../deno/silent_server.ts";
import { needsNode, nodeFolder, tracesTo } from "../../launching.ts";

const NEEDS = ["net", "env", "read", "write", "run"] as const;
const PROGRAMS = ["express.mjs", "fastify.mjs", "hono.mjs"];
const QUEUED = 3;

/** What ends the program, and its exit code. */
const ENDINGS = { exit: 3, error: 1, rejection: 1, signal: 4 };

for (const name of PROGRAMS) {
  for (const [ending, code] of Object.entries(ENDINGS)) {
    testIf(
      needsNode("express", "fastify", "hono"),
      NEEDS,
      `node, ${name}: queued spans arrive after this ending: ${ending}`,
      async () => {
        await buildPreload();
        await using receiver = startHttpReceiver();
        assertEquals(await endAfterRequests(name, ending, optionsFor(receiver)), code);
        const names = receiver.spans.map(({ name }) => name);
        assertEquals(
          names.filter((name) => name === "GET /orders/:id"),
          Array(QUEUED).fill("GET /orders/:id"),
          names.join(),
        );
      },
    );
  }
}

testIf(
  needsNode("hono"),
  NEEDS,
  "node: log records and metrics arrive after process.exit, too",
  async () => {
    await buildPreload();
    await using receiver = startHttpReceiver();
    const { env, ...options } = optionsFor(receiver);
    const all = { ...env, OTEL_METRICS_EXPORTER: "otlp", OTEL_LOGS_EXPORTER: "otlp" };
    await endAfterRequests("hono.mjs", "exit", { ...options, env: all });
    assertEquals(receiver.logRecords.map(({ body }) => body), ["ending: exit"]);
    const durations = receiver.metrics.filter(({ name }) =>
      name === "http.server.request.duration"
    );
    assertEquals(durations.flatMap(({ dataPoints }) => dataPoints).length > 0, true);
  },
);

testIf(needsNode("hono"), NEEDS, "node: a server that never answers doesn't keep it", async () => {
  await buildPreload();
  using server = startSilentServer();
  assertEquals(await endAfterRequests("hono.mjs", "exit", optionsFor(server)), ENDINGS.exit);
  assertEquals(server.gaveUp, ["traces"]);
});

/** The program sends nothing by itself while it runs. */
function optionsFor({ url }: { url: string }): ProgramOptions {
  return {
    launch: sourcesThatRun(),
    cwd: nodeFolder(),
    env: { ...tracesTo(url), OTEL_BSP_SCHEDULE_DELAY: "60000", OTEL_BLRP_SCHEDULE_DELAY: "60000" },
    ready: "/\n",
  };
}

/** Sends requests to the program, then one that ends it, and returns its exit code. */
async function endAfterRequests(
  name: string,
  ending: string,
  options: ProgramOptions,
): Promise<number> {
  return await withProgram(["auto", "--", "node", name], options, async ({ url, end }) => {
    for (let i = 0; i < QUEUED; i++) await (await fetch(`${url}/orders/${i}`)).text();
    const response = await fetch(`${url}/end/${ending}`).catch(() => {}); // It can end without an answer.
    await response?.body?.cancel();
    return (await end()).code;
  });
}
