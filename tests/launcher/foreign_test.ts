/** Settings known only to other SDKs reach them unchanged, from variables and from flags. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readSettings } from "../../lib/telemetry/read_settings.ts";
import { flagName, isVariable, type Variable } from "../../lib/telemetry/settings.ts";
import { passedOn } from "../../lib/launcher/foreign.ts";
import { testWith } from "../helpers/needs.ts";
import { runProgram, sourcesThatRun } from "../helpers/program.ts";
import { foreignEnvironments } from "./vocabularies.ts";

const NEEDS = ["net", "env", "read", "run", "shell"] as const;

/** Prints the variables. */
const CHILD = ["sh", "-c", "env | grep '^OTEL_' | sort"];

for (const by of ["variable", "flag"] as const) {
  testWith(NEEDS, `settings of other SDKs reach them by ${by}, with a note`, async () => {
    for (const given of foreignEnvironments()) {
      const names = Object.keys(given) as Variable[];
      const flags = names.map((name) => `${flagName(name)}=${given[name]}`);
      const { variables, stderr } = by === "flag" ? await run(flags, {}) : await run([], given);
      assertEquals(variables, given, stderr);
      for (const name of names) {
        const shown = by === "flag" ? flagName(name) : name;
        assertMatch(stderr, new RegExp(`^Passing on ${shown} .*as given: .* expects `, "m"));
      }
    }
  });
}

testWith(NEEDS, "our own app and --strict reject settings known only to other SDKs", async () => {
  const flag = ["--traces-exporter", "otlp_proto_grpc"];
  const refused =
    'Cannot use --traces-exporter "otlp_proto_grpc": expected otlp, console or zipkin';
  for (const words of [flag, ["--strict", ...flag, "--", ...CHILD]]) {
    const { code, stdout, stderr } = await runProgram(["auto", ...words], {
      launch: sourcesThatRun(),
    });
    assertEquals([code, stdout], [2, ""], stderr);
    assertStringIncludes(stderr, refused);
  }
  const strict = await runProgram(["auto", "--strict", "--", ...CHILD], {
    launch: sourcesThatRun(),
    env: { OTEL_PROPAGATORS: "xray" },
  });
  assertEquals(strict.code, 2, strict.stderr);
});

testWith(NEEDS, "--print-config shows the settings that are passed on, and no secret", async () => {
  const { stdout, stderr } = await runProgram(
    ["auto", "--print-config", "--propagators", "xray", "--", ...CHILD],
    { launch: sourcesThatRun(), env: { OTEL_EXPORTER_OTLP_HEADERS: "api-key=50%" } },
  );
  assertMatch(stdout, /^OTEL_PROPAGATORS +flag +xray$/m);
  assertMatch(stdout, /^OTEL_EXPORTER_OTLP_HEADERS +environment +\*\*\*$/m);
  assert(!`${stdout}${stderr}`.includes("50%"));
});

Deno.test("passedOn() masks credentials, and omits what the program does not get", () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "dns://me:secret@collector:4317",
    OTEL_EXPORTER_OTLP_HEADERS: "secret=50%",
    OTEL_PROPAGATORS: "xray",
  };
  const reading = readSettings(env, {}, { areForOthers: true });
  const { OTEL_PROPAGATORS: _, ...got } = env;
  const [endpoint = "", headers = "", ...more] = passedOn(reading, got);
  assertStringIncludes(endpoint, 'OTEL_EXPORTER_OTLP_ENDPOINT "dns://***@collector:4317" as given');
  assertStringIncludes(headers, "Passing on OTEL_EXPORTER_OTLP_HEADERS as given");
  assertEquals([more, endpoint.includes("secret"), headers.includes("50%")], [[], false, false]);
});

/** The values of these variables in the program's environment. */
async function run(words: string[], env: Record<string, string>) {
  const { code, stdout, stderr } = await runProgram(["auto", ...words, "--", ...CHILD], {
    launch: sourcesThatRun(),
    env,
  });
  assertEquals(code, 0, stderr);
  const variables = stdout.trim().split("\n").map((line) => line.split(/=(.*)/s).slice(0, 2));
  return {
    stderr,
    variables: Object.fromEntries(variables.filter(([name]) => isVariable(name!))),
  };
}
