import { assert, assertEquals, assertMatch } from "@std/assert";
import { askDenoVersion, isAtLeast } from "../../../lib/launcher/deno/version.ts";
import { planDeno } from "../../../lib/launcher/deno/plan.ts";
import { readSettings } from "../../../lib/telemetry/read_settings.ts";
import { DENOS } from "../../helpers/denos.ts";
import { type Condition, testIf, testWith } from "../../helpers/needs.ts";
import { runProgram, sourcesThatRun } from "../../helpers/program.ts";

const NEEDS = ["env", "read", "write", "run"] as const;

const SCRIPTS: Condition = {
  missing: Deno.build.os === "windows" ? "no scripts with an interpreter on Windows" : undefined,
};

/** Provides a folder for PATH with this script as `deno`. */
async function withScript(
  script: string,
  use: (path: string, env: Record<string, string>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/deno`;
    await Deno.writeTextFile(path, script, { mode: 0o755 });
    await use(path, { PATH: `${folder}:${Deno.env.get("PATH")}` });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("isAtLeast() compares numerically", () => {
  for (
    const [version, since, expected] of [
      ["2.9.6", "2.9.6", true],
      ["2.10.0", "2.9.6", true],
      ["2.8.14", "2.9.2", false],
      ["2.7.11", "2.7.9", true],
      ["3.0.0", "2.9.2", true],
      ["1.46.3", "2.7.12", false],
    ] as const
  ) {
    assertEquals(isAtLeast(version, since), expected, `${version} ${since}`);
  }
});

testWith(NEEDS, "askDenoVersion() runs that exact file, and sends no telemetry", async () => {
  for (const { path, version } of DENOS) {
    const env = { OTEL_DENO: "true", OTEL_EXPORTER_OTLP_PROTOCOL: "nonsense" };
    assertEquals(await askDenoVersion(path, { ...Deno.env.toObject(), ...env }), { version });
  }
  assertMatch((await askDenoVersion("/no/such/deno", {})).reason!, /No such file|not found/);
});

testIf(SCRIPTS, NEEDS, "askDenoVersion() treats a wrapper script as Deno", async () => {
  const script = "echo Choosing >&2\necho 'A new version is there'\n" +
    "echo 'deno 2.9.6+1a2b3c4 (canary, debug, x86_64-unknown-linux-gnu)'\necho v8 15\n";
  await withScript(script, async (path, env) => {
    assertEquals(await askDenoVersion(path, env), { version: "2.9.6" });
  });
});

testIf(SCRIPTS, NEEDS, "askDenoVersion() explains why a version is unknown", async () => {
  await withScript("#!/bin/sh\necho hello\n", async (path, env) => {
    assertEquals(await askDenoVersion(path, env), { reason: 'it answered "hello" to --version' });
  });
  // The child keeps its output open, and outlives the script that is killed.
  await withScript("#!/bin/sh\nsleep 2 & wait\n", async (path, env) => {
    assertEquals(await askDenoVersion(path, env, 200), {
      reason: "it did not answer within 0.2 s",
    });
  });
});

testIf(
  SCRIPTS,
  NEEDS,
  "a Deno of unknown version is treated as the oldest, and starts",
  async () => {
    const { path: deno } = DENOS[0]!;
    const script = `#!/bin/sh\n[ "$1" = --version ] && exit 9\nexec "${deno}" "$@"\n`;
    await withScript(script, async (path, { PATH = "" }) => {
      const words = ["auto", "--", "deno", "eval", "--quiet", "console.log(1)"];
      const env = { PATH, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc", OTEL_TRACES_EXPORTER: "none" };
      const { code, stdout, stderr } = await runProgram(words, { launch: sourcesThatRun(), env });
      assertEquals([code, stdout], [0, "1\n"], stderr);
      assert(stderr.includes(`Cannot tell the version of Deno in "${path}"`), stderr);
      assertMatch(stderr, /it answered "" to --version: treating it as 2\.7\.11\n/);
      assertMatch(stderr, /Relaying its telemetry: Deno before 2\.8\.0 does not speak gRPC/);
    });
  },
);

testIf(SCRIPTS, NEEDS, "a script that names Deno is not run to ask for its version", async () => {
  const { path: deno, version } = DENOS[0]!;
  await withScript(`#!/usr/bin/env -S ${deno} run\nconsole.log("ran", Deno.args.join());\n`, async (
    path,
    { PATH = "" },
  ) => {
    const task = path.replace(/deno$/, "task");
    await Deno.rename(path, task);
    const env = { PATH, OTEL_TRACES_EXPORTER: "none", OTEL_METRICS_EXPORTER: "none" };
    const { stdout, stderr } = await runProgram(["auto", "--", "task", "x"], {
      launch: sourcesThatRun(),
      env: { ...env, OTEL_LOGS_EXPORTER: "none", OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "9" },
    });
    assertEquals(stdout, "ran x\n", stderr);
    assertEquals(stderr.includes(`no effect on deno ${version}`), !isAtLeast(version, "2.9.2"));
  });
});

Deno.test("planDeno() gives each start an instance ID, unless one is given", () => {
  const idOf = (env: Record<string, string>) => {
    const { OTEL_RESOURCE_ATTRIBUTES = "" } = planDeno(env, readSettings(env), {
      version: "2.9.6",
      isPreloaded: true,
    }).env;
    return /service\.instance\.id=([^,]+)/.exec(OTEL_RESOURCE_ATTRIBUTES)?.[1];
  };
  assertMatch(idOf({})!, /^[-\da-f]{36}$/);
  assert(idOf({}) !== idOf({}));
  assertEquals(idOf({ OTEL_RESOURCE_ATTRIBUTES: "service.instance.id=mine" }), "mine");
  assertEquals(idOf({ OTEL_ENTITIES: "service.instance{service.instance.id=theirs}" }), "theirs");
});

Deno.test("planDeno() warns that a version older than all known ones may differ", () => {
  const { warnings } = planDeno({}, readSettings({}), { version: "2.4.0", isPreloaded: true });
  assertMatch(warnings[0]!, /^Deno 2\.4\.0 is older than 2\.7\.11/);
});
