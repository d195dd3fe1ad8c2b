import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { postSpan, type RunningCollector, withCollector } from "../../helpers/collector_program.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { fromSources, runProgram } from "../../helpers/program.ts";
import { openTerminal, testInTerminal, type TestTerminal } from "../../helpers/tmux.ts";

const ERROR = { status: { code: 2, message: "it broke" } };

async function openTop(
  uiUrl: string,
  options: { columns?: number; rows?: number; env?: Record<string, string> } = {},
): Promise<TestTerminal> {
  const { command, args } = fromSources();
  return await openTerminal({ command: [command, ...args, "top", "--ui-url", uiUrl], ...options });
}

function testTop(name: string, fn: (collector: RunningCollector) => Promise<void>): void {
  testInTerminal(name, () => withCollector(fn));
}

testTop("top shows traces as they arrive, opens one, and restores the terminal", async (parts) => {
  const { uiUrl, httpUrl } = parts;
  await using terminal = await openTop(uiUrl);
  await terminal.waitFor("No trace has arrived yet");
  await postSpan(httpUrl, encodeSpan("GET /first"));
  await postSpan(httpUrl, encodeSpan("GET /second", ERROR));
  const list = (await terminal.waitFor("GET /first")).trimEnd().split("\n");
  assertEquals(list.length, 24);
  assertMatch(list[0]!, /^ otel-kit top {2}2 of 2 traces/);
  assertMatch(list[3]!, /^> \d\d:\d\d:\d\d\.\d{3} +✕ GET \/second +shop +5\.00 ms +1 +1$/);
  await terminal.press("Enter");
  await terminal.waitFor("✕ it broke");
  await terminal.press("Enter");
  await terminal.waitFor("service.name");
  await terminal.press("Escape");
  await terminal.waitFor("next error");
  await terminal.press("Escape");
  await terminal.waitFor("2 of 2 traces");
  await terminal.press("q");
  assertEquals((await terminal.ended()).code, 0);
  assertEquals(await terminal.read("alternate_on"), "0");
});

testTop("top finds by query, follows the size, and has no colors with NO_COLOR", async (parts) => {
  const { uiUrl, httpUrl } = parts;
  await postSpan(httpUrl, encodeSpan("GET /first"));
  await postSpan(httpUrl, encodeSpan("GET /second"));
  await using terminal = await openTop(uiUrl, { env: { NO_COLOR: "1" } });
  await terminal.waitFor("2 of 2 traces");
  assertEquals(await terminal.isStyled(), false);
  await terminal.press("/");
  await terminal.type("name:*second");
  await terminal.press("Enter");
  const found = await terminal.waitFor("1 of 2 traces");
  assert(!found.includes("GET /first"));
  await terminal.resize(120, 40);
  const wide = await terminal.waitUntil((screen) => screen.split("\n").length >= 40, "40 rows");
  assertStringIncludes(wide, "GET /second");
  await terminal.press("C-c");
  assertEquals((await terminal.ended()).code, 0);
});

testTop("top says when the collector is gone", async (collector) => {
  await using terminal = await openTop(collector.uiUrl);
  await terminal.waitFor("No trace has arrived yet");
  await collector.program.stop();
  await terminal.waitFor("Cannot ask");
  await terminal.press("q");
  assertEquals((await terminal.ended()).code, 0);
});

testWith(["net", "env", "read", "run", "sys"], "top refuses without a terminal", async () => {
  for (const flags of [[], ["--plain"]]) {
    const { code, stderr } = await runProgram(["top", ...flags]);
    assertEquals(code, 2);
    assertMatch(stderr, /Cannot run top .*"otel-kit tail" prints line by line/);
  }
  const { code, stderr } = await runProgram(["top", "--query", "(a"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "  (a\n  ^");
});
