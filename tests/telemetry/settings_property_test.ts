import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readSettings, SettingError } from "../../lib/telemetry/read_settings.ts";
import {
  flagName,
  formatSetting,
  settingOf,
  type Variable,
  VARIABLES,
} from "../../lib/telemetry/settings.ts";

const SECRET = "s3cr3t-m4rk3r";

/** Texts that are valid for some variable, almost valid, or invalid. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ...["", " ", ",", "true", "1", "none", "none,otlp", "otlp,console", "-1", "1e99", "0x10"],
    ...["http://localhost:4318", "localhost:4317", "https://", "a=b,c", "a=%zz", "a{b=c}", "x-("],
    ...["grpc", "GZIP", "2147483648", "0.5", "\0", "a\nb", "parentbased_traceidratio"],
  ),
  fc.nat().map(String),
);

const environment = fc.dictionary(fc.constantFrom(...VARIABLES), text);

/** Places for a secret: in headers, and before the host. */
const secretive = fc.tuple(
  fc.constantFrom(...VARIABLES.filter((name) => /_(HEADERS|ENDPOINT)$/.test(name))),
  fc.constantFrom(
    `http://me:${SECRET}@localhost:4318`,
    `me:${SECRET}@localhost:4317`,
    `https://${SECRET}@`,
    `authorization=${SECRET}`,
    `${SECRET} broken`,
  ),
).filter(([name, value]) => name.endsWith("HEADERS") || value.includes("@"));

function rowsOf(variable: Variable) {
  return settingOf(variable);
}

Deno.test("readSettings() never throws, and every rejection names the value and the reason", () => {
  fc.assert(fc.property(environment, (env) => {
    const { rejections, origins } = readSettings(env);
    for (const rejection of rejections) {
      const [, name] = /^Ignoring (OTEL_\w+)[ :]/.exec(rejection) ?? [];
      const variable = name as Variable;
      assert(VARIABLES.includes(variable), rejection);
      assert(rejection.includes("expected"), rejection);
      if (!rowsOf(variable).secret && !env[variable]!.includes("@")) {
        assert(rejection.includes(env[variable]!), rejection);
      }
      assertEquals(origins[variable], "default");
    }
  }));
});

Deno.test("readSettings() rejects an invalid flag only with a SettingError", () => {
  fc.assert(fc.property(fc.constantFrom(...VARIABLES), text, (variable, value) => {
    try {
      const { settings, origins } = readSettings({}, { [variable]: value });
      assertEquals(origins[variable], value ? "flag" : "default");
      if (!value) assertEquals(settings[variable], rowsOf(variable).default as never);
    } catch (error) {
      assert(error instanceof SettingError, String(error));
      assert(error.message.startsWith(flagName(variable)), error.message);
    }
  }));
});

Deno.test("readSettings() never shows a secret", () => {
  fc.assert(fc.property(secretive, environment, ([variable, value], env) => {
    const { settings, rejections, warnings } = readSettings({ ...env, [variable]: value });
    const printed = VARIABLES.map((name) => formatSetting(name, settings[name]));
    assertEquals([...rejections, ...warnings, ...printed].join("\n").includes(SECRET), false);
    try {
      readSettings({}, { [variable]: value });
    } catch (error) {
      assertEquals((error as Error).message.includes(SECRET), false);
    }
  }));
});

Deno.test("readSettings() prefers flags to the environment", () => {
  fc.assert(fc.property(environment, environment, (env, flags) => {
    let alone;
    try {
      alone = readSettings({}, flags);
    } catch {
      return;
    }
    const { settings } = readSettingsOrNone(env, flags) ?? alone;
    for (const [name, value] of Object.entries(flags)) {
      if (value) assertEquals(settings[name as Variable], alone.settings[name as Variable]);
    }
  }));
});

/** Flags that are valid alone can conflict with the environment. */
function readSettingsOrNone(env: Record<string, string>, flags: Record<string, string>) {
  try {
    return readSettings(env, flags);
  } catch (error) {
    assert(error instanceof SettingError);
    return undefined;
  }
}
