import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { assertEquals, assertMatch } from "@std/assert";
import { postSpan, withCollector } from "../../helpers/collector_program.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { freePort } from "../../helpers/ports.ts";
import { fromSources } from "../../helpers/program.ts";

const NEEDS = ["net", "env", "read", "run", "sys", "write"] as const;

/** The client leaves the timer that would kill a server that does not end. */
function testStdio(name: string, fn: () => Promise<void>): void {
  testIf({ missing: undefined }, NEEDS, name, fn, { sanitizeOps: false, sanitizeResources: false });
}

/** Runs the function with a client that started `otel-kit mcp` itself, as assistants do. */
async function withAssistant(
  uiUrl: string,
  ask: (call: (name: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const { command, args } = fromSources();
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StdioClientTransport({
      command,
      args: [...args, "mcp", "--ui-url", uiUrl],
      stderr: "ignore",
      env: Deno.env.toObject(),
    }),
  );
  try {
    await ask(async (name) => {
      const { content } = await client.callTool({ name, arguments: {} });
      return (content as { text: string }[])[0]!.text;
    });
  } finally {
    await client.close();
  }
}

testWith(NEEDS, "--no-mcp takes the path away", async () => {
  await withCollector(async ({ uiUrl }) => {
    const response = await fetch(`${uiUrl}/mcp`, { method: "POST", body: "{}" });
    await response.body?.cancel();
    assertEquals(response.status, 404);
  }, { flags: ["--no-mcp"] });
});

testStdio("mcp answers on standard input and output what the collector stores", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    await postSpan(httpUrl, encodeSpan("GET /orders"));
    await withAssistant(uiUrl, async (call) => {
      assertMatch(await call("search_traces"), /"GET \/orders" of "shop"/);
      assertMatch(await call("get_status"), /traces of "shop": \d+ s ago, 1 item/);
    });
  });
});

testStdio("mcp stays when there is no collector, and says what to start", async () => {
  const port = freePort();
  await withAssistant(`http://127.0.0.1:${port}`, async (call) => {
    assertMatch(
      await call("get_status"),
      /Cannot ask .*Start "otel-kit demo" or "otel-kit collector"/,
    );
  });
});
