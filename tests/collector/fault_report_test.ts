import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readCollectorFlags } from "../../lib/cli/flags/collector_flags.ts";
import { startCollector } from "../../lib/cli/collector/start_collector.ts";
import { createFaultReport } from "../../lib/collector/fault_report.ts";
import { testWith } from "../helpers/needs.ts";
import { setVariables } from "../helpers/variables.ts";

function createReport(isDebug = false) {
  const lines: string[] = [];
  const room = { lines, millis: 0, tell: (_doing: string, _error: unknown) => {} };
  room.tell = createFaultReport({
    report: (line) => lines.push(line),
    isDebug,
    now: () => room.millis,
  });
  return room;
}

Deno.test("a fault is reported in one line, whatever its text contains", () => {
  const room = createReport();
  room.tell("take POST /v1/traces", new TypeError("no\nlength\x1b[2J\u2028of \u202Eit"));
  room.tell("go on", "a text");
  assertEquals(room.lines, [
    "Cannot take POST /v1/traces, by a fault of the collector: TypeError: no length [2J of  it. " +
    "OTEL_KIT_DEBUG=1 shows where",
    "Cannot go on, by a fault of the collector: a text. OTEL_KIT_DEBUG=1 shows where",
  ]);
});

Deno.test("in debug mode a fault is reported with its stack", () => {
  const room = createReport(true);
  room.tell("go on", new TypeError("no length"));
  assertMatch(
    room.lines[0]!,
    /^Cannot go on, by a fault of the collector: TypeError: no length\nTypeError: no length\n +at .*fault_report_test/,
  );
});

Deno.test("a repeated fault does not flood the terminal", () => {
  const room = createReport();
  for (; room.millis < 2000; room.millis += 100) room.tell("go on", new Error("once more"));
  assertEquals(room.lines.length, 2);
  for (let i = 0; i < 500; i++) room.tell("go on", new Error(`another ${i}`));
  assertEquals(room.lines.length, 502);
});

testWith(
  ["net", "env", "read", "sys"],
  "OTEL_KIT_DEBUG=1 makes a collector report its own faults with their stack",
  async () => {
    for (const value of [undefined, "0", "1"]) {
      using _variables = setVariables({ OTEL_KIT_DEBUG: value });
      const lines = await linesOfAFault();
      assertEquals(lines.length, 1, lines.join("\n"));
      assertStringIncludes(lines[0]!, "Cannot answer GET /api/kit/compare, by a fault");
      assertEquals(/\n +at .*fault_report_test/.test(lines[0]!), value === "1", lines[0]);
    }
  },
);

/** What a collector reports while a guest of its page throws. */
async function linesOfAFault(): Promise<string[]> {
  const lines: string[] = [];
  const ports = { httpPort: 0, grpcPort: 0, uiPort: 0 };
  const settings = readCollectorFlags({}, ports);
  await using collector = await startCollector(settings, {
    report: (line) => lines.push(line),
    hasPage: false,
    compare: {
      view: () => {
        throw new TypeError("there is nothing to see");
      },
      run: () => Promise.reject(new Error("never")),
      find: () => Promise.reject(new Error("never")),
    },
  });
  const response = await fetch(`${collector.uiUrl}/api/kit/compare`);
  assertEquals(response.status, 500);
  const { error } = await response.json();
  assert(error.startsWith("Cannot answer: there is nothing to see"), error);
  return lines;
}
