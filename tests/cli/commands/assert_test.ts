import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { postSpan, withCollector } from "../../helpers/collector_program.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { runProgram } from "../../helpers/program.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;

const FILE = `
expect:
  - says: an order is traced
    trace: { service: shop, span: POST /orders, kind: server }
  - says: no server span fails
    spans: { query: 'status:error kind:server', atMost: 0 }
`;

testWith(
  NEEDS,
  "assert prints the evidence, and exits with 1 if something is not met",
  async () => {
    const file = await Deno.makeTempFile({ suffix: ".yaml" });
    await Deno.writeTextFile(file, FILE);
    try {
      await withCollector(async ({ uiUrl, httpUrl }) => {
        const args = ["assert", file, "--ui-url", uiUrl];
        const empty = await runProgram([...args, "--timeout", "0s"]);
        assertEquals(empty.code, 1);
        assertMatch(empty.stdout, /^✕ an order is traced\n {2}services/);
        assertStringIncludes(empty.stderr, "1 of 2 are not met");

        // It waits for what is on its way.
        const waiting = runProgram([...args, "--timeout", "30s"]);
        await postSpan(httpUrl, encodeSpan("POST /orders"));
        const { code, stdout, stderr } = await waiting;
        assertEquals([code, stderr], [0, "All 2 are met\n"]);
        assertMatch(
          stdout,
          /^✓ an order is traced\n {2}span "POST \/orders" from "shop" arrived \(trace [\da-f]{32}\)\n✓ no server/,
        );

        await postSpan(httpUrl, encodeSpan("POST /orders", { status: { code: 2 } }));
        const failed = await runProgram([...args, "--json"]);
        assertEquals(failed.code, 1);
        const lines = failed.stdout.trim().split("\n").map((line) => JSON.parse(line));
        assertEquals(lines.map(({ isMet, reason }) => [isMet, reason]), [
          [true, undefined],
          [false, "too-many"],
        ]);
        const now = await runProgram([...args, "--since", "2099-01-01", "--timeout", "0s"]);
        assertMatch(now.stdout, /✕ an order is traced/);
      });
    } finally {
      await Deno.remove(file);
    }
  },
);

testWith(NEEDS, "assert says what is wrong with its arguments", async () => {
  const cases: [args: string[], message: RegExp][] = [
    [[], /expected one file/],
    [["a.yaml", "b.yaml"], /expected one file/],
    [["missing.yaml"], /Cannot read "missing.yaml": there is no such file/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await runProgram(["assert", ...args]);
    assertEquals(code, 2);
    assertMatch(stderr, message);
  }
});

testWith(
  NEEDS,
  "traces --wait-for exits with 0 when a trace matches, and with 1 when none does",
  async () => {
    await withCollector(async ({ uiUrl, httpUrl }) => {
      const args = ["traces", "--ui-url", uiUrl, "--json"];
      const waiting = runProgram([...args, "--wait-for", "name:wanted", "--timeout", "30s"]);
      await postSpan(httpUrl, encodeSpan("other"));
      await postSpan(httpUrl, encodeSpan("wanted"));
      const { code, stdout } = await waiting;
      assertEquals([code, JSON.parse(stdout).root.name], [0, "wanted"]);
      const none = await runProgram([...args, "--wait-for", "name:never", "--timeout", "100ms"]);
      assertEquals([none.code, none.stdout], [1, ""]);
      assertStringIncludes(none.stderr, "No trace matched name:never within 100ms");
      const late = await runProgram([...args, "--since", "2099-01-01"]);
      assertEquals(late.stdout, "");
      const early = await runProgram([...args, "--since", "1h", "--until", "2099-01-01"]);
      assertEquals(early.stdout.trim().split("\n").length, 2);
      for (const wrong of [["--wait-for", "(a"], ["--since", "noon"], ["--timeout", "1s"]]) {
        assertEquals((await runProgram([...args, ...wrong])).code, 2, wrong.join(" "));
      }
    });
  },
);
