import { assert, assertEquals, assertMatch } from "@std/assert";
import { postSpan, withCollector } from "../../helpers/collector_program.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeRequest, encodeSpan } from "../../helpers/otlp_proto.ts";
import { fromSources, runProgram, withRunning } from "../../helpers/program.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;
const STOPS = [...NEEDS, "signals"] as const;
const READY = "press Ctrl-C to stop\n";

testWith(STOPS, "tail shows traces and log records as they arrive, until Ctrl-C", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    await postSpan(httpUrl, encodeSpan("before"));
    await withRunning(["tail", "--ui-url", uiUrl], { ready: READY }, async (program) => {
      await postSpan(httpUrl, encodeSpan("GET /\x1b[2J"));
      await program.waitFor("stdout", "GET /\\x1b[2J");
      await postLog(httpUrl, "took \x07too long");
      await program.waitFor("stdout", "took \\x07too long  (shop)");
      const { code, stdout } = await program.stop("SIGINT");
      assertEquals(code, 0);
      assert(!stdout.includes("before"));
      assertMatch(stdout, /^\d\d:\d\d:\d\d\.\d{3} {3}GET \/.*shop.*5\.00 ms\n/);
    });
  });
});

testWith(STOPS, "tail --json prints one line for each, optionally of one service", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const args = ["tail", "--json", "--service=shop", "--ui-url", uiUrl];
    await withRunning(args, { ready: READY }, async (program) => {
      await postSpan(httpUrl, encodeSpan("GET /"));
      await program.waitFor("stdout", "GET /");
      await postLog(httpUrl, "slow");
      await program.waitFor("stdout", "slow");
      const lines = (await program.stop()).stdout.trim().split("\n").map((line) =>
        JSON.parse(line)
      );
      assertEquals(lines[0].trace.root.name, "GET /");
      assertEquals(lines[1].log.body, { stringValue: "slow" });
    });
  });
});

testWith(STOPS, "tail --query shows the traces that match, and no log records", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const args = ["tail", "--query", "name:GET* not name:GET*health", "--ui-url", uiUrl];
    await withRunning(args, { ready: READY }, async (program) => {
      await postLog(httpUrl, "GET a log record");
      await postSpan(httpUrl, encodeSpan("GET /health"));
      await postSpan(httpUrl, encodeSpan("POST /orders"));
      await postSpan(httpUrl, encodeSpan("GET /orders"));
      await program.waitFor("stdout", "GET /orders");
      const { stdout } = await program.stop();
      assertEquals(stdout.trim().split("\n").length, 2);
      assertMatch(stdout, /^\S+ {3}GET \/orders /);
    });
  });
  const { code, stderr } = await runProgram(["tail", "--query", "status:"]);
  assertEquals(code, 2);
  assertMatch(stderr, /^Cannot use --query\. Cannot read ":"[^]*\n {2}status:\n {8}\^\n/);
});

testWith(NEEDS, "tail ends when nothing reads its output", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const { command, args } = fromSources();
    await using tail = new Deno.Command(command, {
      args: [...args, "tail", "--ui-url", uiUrl],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const stderr = tail.stderr.getReader();
    await stderr.read();
    await tail.stdout.cancel();
    await postSpan(httpUrl, encodeSpan("GET /"));
    assertEquals((await tail.status).code, 0);
    await stderr.cancel();
  });
});

testWith(NEEDS, "tail ends with an error when the collector ends in any way", async () => {
  await withCollector(async ({ uiUrl, program: collector }) => {
    await withRunning(["tail", "--ui-url", uiUrl], { ready: READY }, async ({ end }) => {
      await collector.stop("SIGKILL");
      const { code, stderr } = await end();
      assertEquals(code, 1);
      assertMatch(stderr, /The collector at http:\S+ ended\n$/);
    });
  });
});

async function postLog(httpUrl: string, text: string): Promise<void> {
  const attributes = [{ key: "service.name", value: { stringValue: "shop" } }];
  const logRecords = [{
    timeUnixNano: `${Date.now()}000000`,
    severityNumber: 13,
    severityText: "WARN",
    body: { stringValue: text },
  }];
  const response = await fetch(`${httpUrl}/v1/logs`, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf" },
    body: encodeRequest("logs", {
      resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords }] }],
    }),
  });
  await response.body?.cancel();
}
