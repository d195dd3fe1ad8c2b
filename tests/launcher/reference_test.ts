/** `opentelemetry-instrument` and `otel-kit auto` with the same command lines. */
import { assertEquals } from "@std/assert";
import { settingOf, type Variable, VARIABLES } from "../../lib/telemetry/settings.ts";
import { testIf } from "../helpers/needs.ts";
import { runProgram, sourcesThatRun } from "../helpers/program.ts";
import { needsReference, REFERENCE_COMMAND, REFERENCE_FLAGS } from "../helpers/reference.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";

const NEEDS = ["env", "read", "run", "shell"] as const;

/** Prints the variables, and exits with a specific code. */
const CHILD = ["sh", "-c", "env | grep '^OTEL_' | sort; exit 7"];

const ENV = { OTEL_SERVICE_NAME: "variable", OTEL_TRACES_SAMPLER: "always_off", OTEL_MINE: "1" };

/** The arguments after the command's name, and whether the child is run with them. */
const LINES: { name: string; words: string[]; runs?: boolean }[] = [
  { name: "no flags", words: CHILD },
  { name: "two dashes", words: ["--service_name", "flag", "--", ...CHILD] },
  { name: "a flag's value joined", words: ["--traces_sampler=traceidratio", ...CHILD] },
  { name: "a flag given twice", words: ["--service_name", "a", "--service_name", "b", ...CHILD] },
  { name: "an empty value", words: ["--service_name=", ...CHILD] },
  { name: "flags cut short", words: ["--serv", "a", "--pro", "b3", "--id", "x", ...CHILD] },
  {
    name: "the tutorial's flags",
    words: [
      ...["--traces_exporter", "otlp,console", "--service_name", "MyHonoAppInProductionAuto"],
      ...["--exporter_otlp_endpoint", "http://localhost:4318", ...CHILD],
    ],
  },
  {
    name: "a switch with its value",
    words: ["--sdk_disabled", "true", "--exporter_otlp_insecure", "false", ...CHILD],
  },
  { name: "every flag there is", words: [...everyFlag(), ...CHILD] },
  { name: "an unknown flag", words: ["--nosuch", "x", ...CHILD], runs: false },
  { name: "a flag that is not clear", words: ["--traces", "x", ...CHILD], runs: false },
  { name: "a flag without its value", words: ["--service_name"], runs: false },
  { name: "the version", words: ["--version"], runs: false },
  { name: "the help", words: ["--help"], runs: false },
];

for (const { name, words, runs = true } of LINES) {
  testIf(needsReference(), NEEDS, `as ${REFERENCE_COMMAND}: ${name}`, async () => {
    const theirs = await run({ command: REFERENCE_COMMAND, args: [] }, words);
    const { command, args } = sourcesThatRun();
    const ours = await run({ command, args: [...args, "auto"] }, words);
    assertEquals(ours.code, theirs.code, ours.stderr);
    if (!runs) return;
    assertEquals(theirs.code, 7, theirs.stderr);
    assertEquals(ours.variables, theirs.variables);
  });
}

async function run(launch: { command: string; args: string[] }, words: string[]) {
  const { code, stdout, stderr } = await runProgram(words, { launch, env: ENV });
  // By the specification an empty variable is unset, so we leave it out.
  const variables = stdout.trim().split("\n").filter((line) => !line.endsWith("="));
  return { code, stderr, variables };
}

/** Each flag of the reference command with a valid value. */
function everyFlag(): string[] {
  return REFERENCE_FLAGS.flatMap((flag) => [`--${flag}`, validText(variableOf(flag))]);
}

function variableOf(flag: string): Variable {
  const name = flag.toUpperCase();
  return VARIABLES.find((one) => one === `OTEL_${name}` || one === `OTEL_PYTHON_${name}`)!;
}

function validText(variable: Variable): string {
  const { type, file } = settingOf(variable);
  if (file) return TLS_FILES.ca;
  if (type.choices) return type.choices[0]!;
  return ["1", "http://localhost:4318", "a=b"].find((text) => type.parse(text) !== undefined)!;
}
