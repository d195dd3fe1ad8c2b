import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { MODE_NAMES } from "../../apps/mod.ts";
import { testWith } from "../helpers/needs.ts";
import { runProgram, sourcesThatRun } from "../helpers/program.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;
/** Makes an app that starts nevertheless fail to listen, and exit. */
function takePort(): Deno.TcpListener {
  return Deno.listen({ hostname: "127.0.0.1", port: 0 });
}

const BAD = { OTEL_METRIC_EXPORT_INTERVAL: "often" };

testWith(
  NEEDS,
  "--dry-run starts no app in any mode, and prints what would run",
  async () => {
    using taken = takePort();
    const { port } = taken.addr;
    for (const mode of MODE_NAMES) {
      for (const args of [["serve", "--mode", mode], ...mode === "auto" ? [["auto"]] : []]) {
        const run = await runProgram([...args, "--dry-run", `--port=${port}`]);
        assertEquals(run.code, 0, run.stderr);
        assertMatch(
          run.stderr,
          new RegExp(`Would listen on 127.0.0.1:${port}\n {2}mode +${mode}: `),
        );
        assertMatch(run.stderr, /\nNothing was started: --dry-run\n$/);
      }
    }
  },
);

testWith(NEEDS, "--dry-run prints an IPv6 address in URL form", async () => {
  const { stderr } = await runProgram([
    "serve",
    "--mode=base",
    "--dry-run",
    "--host=::1",
    "--port=9",
  ]);
  assertStringIncludes(stderr, "Would listen on [::1]:9\n");
});

testWith(NEEDS, "--strict rejects an invalid variable for every command", async () => {
  using taken = takePort();
  const where = `--port=${taken.addr.port}`;
  const commands = [
    ...MODE_NAMES.map((mode) => ["serve", "--mode", mode, "--strict", where]),
    ["serve", "--strict", where],
    ["auto", "--strict", where],
    ["auto", "--strict", "--", "sh", "-c", "echo ran"],
  ];
  for (const args of commands) {
    const { code, stdout, stderr } = await runProgram([...args], { env: BAD });
    assertEquals([code, stdout], [2, ""], `${args.join(" ")}: ${stderr}`);
    assertStringIncludes(stderr, 'Cannot use OTEL_METRIC_EXPORT_INTERVAL "often": expected an ');
  }
});

testWith(NEEDS, "a dry run reports a command that cannot be run, as a real run does", async () => {
  for (
    const [command, code] of [["nosuchcmd", 127], ["./no/such/file", 127], ["/", 126]] as const
  ) {
    const dry = await runProgram(["auto", "--dry-run", "--", command]);
    const real = await runProgram(["auto", "--", command]);
    assertEquals([dry.code, real.code], [code, code]);
    const [problem = ""] = /^Cannot run .*$/m.exec(real.stderr) ?? [];
    assertStringIncludes(dry.stderr, problem);
    assertEquals(dry.stderr.includes("Would run"), false);
  }
});

testWith(
  NEEDS,
  "a dry run warns about settings without effect on Deno, as a real run does",
  async () => {
    const args = ["--metrics-exporter", "prometheus", "--", Deno.execPath(), "eval", ""];
    for (const more of [["--dry-run"], []]) {
      const { code, stderr } = await runProgram(["auto", ...more, ...args], {
        launch: sourcesThatRun(),
      });
      assertEquals(code, 0, stderr);
      assertStringIncludes(stderr, 'OTEL_METRICS_EXPORTER "prometheus": no effect on deno');
    }
  },
);
