import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../helpers/needs.ts";
import { holdPort } from "../helpers/ports.ts";
import { fromSources, type Launch, runProgram, sourcesThatRun } from "../helpers/program.ts";

const NEEDS = ["net", "env", "read", "run"] as const;

/** The doctor's findings about a Prometheus port that this process holds. */
async function examineTaken(launch: Launch) {
  using port = holdPort();
  const { stdout } = await runProgram([
    ...["doctor", "--json", "--offline", "--metrics-exporter=prometheus"],
    ...["--exporter-prometheus-host=127.0.0.1", `--exporter-prometheus-port=${port.number}`],
  ], { launch });
  const { findings }: { findings: Record<string, string>[] } = JSON.parse(stdout);
  return findings.find(({ check, message }) =>
    check === "ports" && message?.includes(`${port.number}`)
  );
}

testWith([...NEEDS, "shell"], "doctor names the program that uses a port", async () => {
  const { status, message, remedy } = await examineTaken(sourcesThatRun()) ?? {};
  assertEquals(status, "warning");
  assertMatch(message!, new RegExp(` is taken by deno \\(process ${Deno.pid}\\)$`));
  assertMatch(remedy!, /^End it, or choose another/);
});

testWith(NEEDS, "doctor reports why it cannot identify the program that uses a port", async () => {
  const { status, message, remedy } = await examineTaken(fromSources()) ?? {};
  assertEquals(status, "warning");
  assertMatch(message!, / is taken by an unknown program: .+/);
  assertMatch(remedy!, /^Find the program: /);
});
