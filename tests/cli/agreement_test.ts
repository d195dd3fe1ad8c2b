import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { flagName, settingOf, type Variable, VARIABLES } from "../../lib/telemetry/settings.ts";
import { testWith } from "../helpers/needs.ts";
import { runProgram, sourcesThatRun, withApp } from "../helpers/program.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";
import { runHere } from "../helpers/run_here.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";
import { setVariables } from "../helpers/variables.ts";

/** Valid but oddly written texts that can't be derived from the variable's row. */
const ODD_TEXTS: Partial<Record<string, string>> = {
  OTEL_ENTITIES: " service{service.name=shop} ",
  OTEL_RESOURCE_ATTRIBUTES: " team=a%20b , x=y ",
  OTEL_TRACES_SAMPLER_ARG: " 0.5 ",
  OTEL_CONFIG_FILE: TLS_FILES.ca,
  OTEL_EXPERIMENTAL_CONFIG_FILE: TLS_FILES.ca,
};

/** A valid text for a variable, written as oddly as is allowed. */
function oddText(variable: Variable): string {
  const { type } = settingOf(variable);
  const known = ODD_TEXTS[variable];
  if (known !== undefined) return known;
  if (type.choices) return ` ${camel(type.choices.filter((word) => word !== "none").at(-1)!)} `;
  if (variable.endsWith("_KEY")) return TLS_FILES.clientKey;
  if (variable.endsWith("_CLIENT_CERTIFICATE")) return TLS_FILES.clientCert;
  if (variable.endsWith("_CERTIFICATE")) return TLS_FILES.ca;
  if (variable.endsWith("_HEADERS")) return "X-Name=first, x-name=a%20b";
  if (variable.endsWith("_ENDPOINT")) return " http://LOCALHOST:4317 ";
  return type.parse(" 7 ") === 7 ? " 7 " : "Some-Text";
}

/** Turns `always_off` into `Always_Off`. */
function camel(word: string): string {
  return word.replaceAll(/(?<![a-z\d])[a-z]/g, (letter) => letter.toUpperCase());
}

/** The output of `--print-config`, by variable. */
async function printed(...args: string[]) {
  const { code, data, status } = await runHere("auto", "--print-config", "--json", ...args);
  assertEquals(code, 0, status);
  const rows: { variable: string; origin: string; value: string }[] = JSON.parse(data);
  return Object.fromEntries(rows.map((row) => [row.variable, row]));
}

/** Excludes the configuration file, which would override everything else. */
const PRINTED = VARIABLES.filter((variable) => !variable.endsWith("CONFIG_FILE"));

testWith(
  ["env", "read", "sys"],
  "a flag and its variable are the same setting, in any letter case",
  async () => {
    for (const variable of PRINTED) {
      using _none = setVariables(Object.fromEntries(VARIABLES.map((name) => [name, undefined])));
      const text = oddText(variable);
      const byFlag = await printed(flagName(variable), text);
      using _variable = setVariables({ [variable]: text });
      const byVariable = await printed();
      assertEquals(byFlag[variable]?.origin, "flag", variable);
      assertEquals(byVariable[variable]?.origin, "environment", variable);
      for (const name of VARIABLES) {
        assertEquals(byFlag[name]?.value, byVariable[name]?.value, `${name} by ${variable}`);
      }
    }
  },
);

testWith(
  ["net", "env", "read", "run", "shell"],
  "a child receives what --print-config prints, in a form that any program can read",
  async () => {
    const texts = Object.fromEntries(VARIABLES.map((variable) => [variable, oddText(variable)]));
    const flags = VARIABLES.map((variable) => `${flagName(variable)}=${texts[variable]}`);
    const launch = sourcesThatRun();
    const print = async (args: string[], env: Record<string, string>) => {
      const { stdout } = await runProgram(["auto", ...args, "--print-config", "--json", "sh"], {
        launch,
        env,
      });
      const rows: { variable: Variable; value: string }[] = JSON.parse(stdout);
      return rows;
    };
    const run = async (args: string[], env: Record<string, string>) => {
      const { stdout } = await runProgram(["auto", ...args, "--", "sh", "-c", "env"], {
        launch,
        env,
      });
      return Object.fromEntries(stdout.split("\n").map((line) => line.split(/=(.*)/s)));
    };
    for (const [args, env] of [[flags, {}], [[], texts]] as const) {
      const found = await run([...args], env);
      for (const { variable, value } of await print([...args], env)) {
        const { type, secret } = settingOf(variable);
        const read = type.parse(found[variable]);
        assertEquals(
          type.format?.(read) ?? String(read),
          secret ? "x-name=a%20b" : value,
          variable,
        );
        if (type.choices || typeof read === "number") assertEquals(found[variable], value);
      }
      assertEquals(found.OTEL_EXPORTER_OTLP_HEADERS, "x-name=a%20b");
    }
  },
);

testWith(
  ["net", "env", "read", "run", "shell"],
  "--print-config, a child, and a dry run derive the same settings from the endpoint",
  async () => {
    const flags = ["--endpoint", "http://127.0.0.1:4317"];
    const launch = sourcesThatRun();
    const { stdout: child } = await runProgram(["auto", ...flags, "--", "sh", "-c", "env"], {
      launch,
    });
    assertMatch(child, /^OTEL_EXPORTER_OTLP_PROTOCOL=grpc$/m);
    using _none = setVariables(Object.fromEntries(VARIABLES.map((name) => [name, undefined])));
    const rows = await printed(...flags);
    assertEquals(rows.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, {
      variable: "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
      origin: "derived",
      value: "grpc",
    });
    const { status } = await runHere("auto", "--dry-run", ...flags);
    assertMatch(status, /spans go to {3}otlp \(grpc to http:\/\/127\.0\.0\.1:4317\)/);
  },
);

for (const mode of ["manual", "middleware", "auto"]) {
  testWith(
    ["net", "env", "read", "run", "signals"],
    `serve --mode ${mode} samples as configured, in any letter case`,
    async () => {
      await using receiver = startHttpReceiver();
      const args = ["serve", "--mode", mode, "--endpoint", receiver.url];
      const word = " Always_Off ";
      const rows = [
        { more: ["--traces-sampler", word], env: {} },
        { more: [], env: { OTEL_TRACES_SAMPLER: word } },
      ];
      for (const { more, env } of rows) {
        await withApp([...args, ...more], { env }, async ({ url, stop }) => {
          await (await fetch(url)).text();
          const { stderr } = await stop();
          assertEquals(/Warning|Unknown|Invalid/i.exec(stderr)?.[0], undefined, stderr);
        });
      }
      assertEquals(receiver.spans, []);
    },
  );
}

testWith(
  ["net", "env", "read", "run", "signals"],
  "a dry run reports the same about certificates as the running app",
  async () => {
    const env = {
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: TLS_FILES.clientCert,
      OTEL_EXPORTER_OTLP_CLIENT_KEY: TLS_FILES.key,
    };
    for (const [mode, signals] of [["auto", 3], ["manual", 1]] as const) {
      const args = ["serve", "--mode", mode];
      const said = await withApp(args, { env }, async ({ stop }) => (await stop()).stderr);
      const { stderr } = await runProgram([...args, "--dry-run"], { env });
      const lines = said.split("\n").filter((line) => line.startsWith("Cannot send "));
      assertEquals(lines.length, signals);
      for (const line of lines) {
        assertStringIncludes(stderr, `Warning: ${line.replace("continues", "would continue")}`);
      }
    }
  },
);
