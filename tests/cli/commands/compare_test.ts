import { assert, assertEquals, assertMatch } from "@std/assert";
import { ANY_PORTS, withCollector } from "../../helpers/collector_program.ts";
import { testIf, testWith, WITH_PORT_5000 } from "../../helpers/needs.ts";
import { runProgram, sourcesThatRun, withProgram } from "../../helpers/program.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;

testIf(
  WITH_PORT_5000,
  NEEDS,
  "compare shows what each mode of the running demo records",
  async () => {
    await withProgram(["demo", "--no-open", ...ANY_PORTS], {}, async ({ url }) => {
      const { code, stdout, stderr } = await runProgram(["compare", "/error", "--ui-url", url]);
      assertEquals([code, stderr], [0, ""]);
      const [title, ...paragraphs] = stdout.trim().split("\n\n");
      const [base = "", manual = "", middleware = "", auto = ""] = paragraphs;
      assertEquals([title, paragraphs.length], ["GET /error to all four apps", 4]);
      for (const paragraph of paragraphs) {
        assertMatch(paragraph, /client saw {2}500 Internal Server Error in [\d.]+ ms\n/);
      }
      assertMatch(base, /\+0 lines.*\n.*\n {2}you know {4}nothing more/);
      assertMatch(manual, /\+\d\d lines in apps\/manual\.ts\n/);
      assertMatch(manual, /✕ span root, .*\n.*event root_event after .*\n.*exception RangeError/);
      assertMatch(manual, /Division by zero at apps\/manual\.ts:\d+\n.*no route, no status code/);
      assertMatch(middleware, /span GET \/error/);
      assertMatch(middleware, /route \/error, status code 500, \d+ headers, \d+ attributes\n/);
      assertMatch(auto, /\+0 lines: apps\/base\.ts, unchanged\n/);
      assertMatch(auto, /Division by zero at apps\/base\.ts:\d+\n.*route \/error, status code 500/);
      for (const line of stdout.split("\n")) assert([...line].length <= 80, line);
    });
  },
);

testIf(
  WITH_PORT_5000,
  NEEDS,
  "compare --json starts its own demo if none is running",
  async () => {
    // A collector without the four apps doesn't count either.
    await withCollector(async ({ uiUrl }) => {
      const { code, stderr } = await runProgram(["compare", "--ui-url", uiUrl]);
      assertEquals(code, 1);
      assertMatch(stderr, /Cannot compare here: only `otel-kit demo` runs the four apps/);
    });
    const { code, stdout, stderr } = await runProgram(["compare", "--json", "/"]);
    assertEquals(code, 0);
    const modes = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(modes.map(({ mode }) => mode), ["base", "manual", "middleware", "auto"]);
    assertEquals(modes.map(({ answer }) => answer.status), [200, 200, 200, 200]);
    assertEquals(modes.map(({ trace }) => trace?.summary.root.name), [
      undefined,
      "root",
      "GET /",
      "GET /",
    ]);
    if (!stderr.includes("starting one")) assertEquals(stderr, "");
  },
);

testIf(
  WITH_PORT_5000,
  NEEDS,
  "compare says at once why a mode has no span for an unknown path",
  async () => {
    const { code, stdout } = await runProgram(["compare", "/nosuch"], { launch: sourcesThatRun() });
    assertEquals(code, 0);
    assertMatch(stdout, /you know {4}nothing: no handler ran, so nobody wrote a span/);
    assert(!stdout.includes("no span arrived in time"));
    assertMatch(stdout, /route, status code 404/);
  },
);

testWith(NEEDS, "compare rejects anything that is not a path", async () => {
  for (const args of [["error"], ["//elsewhere.example/"], ["/a", "/b"]]) {
    const { code, stderr } = await runProgram(["compare", ...args]);
    assertEquals(code, 2);
    assertMatch(stderr, /^Cannot send a request for ".*": expected one path like \/error\n/);
  }
});
