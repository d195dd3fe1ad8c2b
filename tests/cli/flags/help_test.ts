import { assert, assertEquals } from "@std/assert";
import { describeCommands } from "../../../lib/cli/run.ts";
import { flagName, SETTINGS, type Variable } from "../../../lib/telemetry/settings.ts";
import { VERSION } from "../../../lib/version.ts";
import { runHere } from "../../helpers/run_here.ts";

Deno.test("run() prints help that fits 80 columns", async () => {
  const commands = (await describeCommands()).map(({ name }) => [name, "--help"]);
  for (const args of [["--help"], ["-h"], ...commands]) {
    const { code, data, status } = await runHere(...args);
    assertEquals([code, status], [0, ""]);
    for (const line of data.split("\n")) assert(line.length <= 80, line);
  }
});

Deno.test("run() lists every setting in a command's help", async () => {
  const { data } = await runHere("auto", "--help-all");
  for (const variable of Object.keys(SETTINGS) as Variable[]) {
    if (/_OTLP_(TRACES|METRICS|LOGS)_(?!TEMPORALITY|DEFAULT)/.test(variable)) continue;
    assert(new RegExp(`${flagName(variable)}[\\s,.]`).test(data), variable);
  }
});

Deno.test("--help lists at most ten flags of a command with many, and where the others are", async () => {
  for (const name of ["serve", "auto", "guide"]) {
    const { data } = await runHere(name, "--help");
    const flags = data.split("\n").filter((line) => /^ {2}-/.test(line));
    // And --help, and --help-all.
    assert(flags.length <= 12, `${name}: ${flags.length} flags`);
    const all = (await runHere(name, "--help-all")).data;
    const [, count] = new RegExp(`^All (\\d+) flags: otel-kit ${name} --help-all$`, "m").exec(
      data,
    )!;
    assert(Number(count) > 20);
    assert(all.length > data.length);
  }
  assertEquals((await runHere("tail", "--help")).data.includes("--help-all"), false);
});

Deno.test("run() prints the version", async () => {
  assertEquals(await runHere("--version"), { code: 0, data: `otel-kit ${VERSION}`, status: "" });
});

Deno.test("run() answers a wrong command line with exit code 2 and the next step", async () => {
  for (
    const [args, message, usage] of [
      [["sevre"], "Unknown command sevre. Did you mean serve?", ""],
      [["toString"], "Unknown command toString", ""],
      [["--verbose"], "Unknown flag --verbose", ""],
      [
        ["serve", "--mode", "bogus"],
        'Cannot use --mode "bogus": expected base, manual, middleware, auto',
        "serve ",
      ],
      [
        ["serve", "--port", "70000"],
        'Cannot use --port "70000": expected an integer from 0 to 65535',
        "serve ",
      ],
      [["serve", "x"], 'Cannot use "x": serve takes flags only', "serve "],
      [
        ["serve", "--mode", "base", "--service_name", "x"],
        "Cannot use --service-name with mode base: base has no telemetry. Choose --mode manual, middleware or auto",
        "serve ",
      ],
    ] as const
  ) {
    assertEquals(await runHere(...args), {
      code: 2,
      data: "",
      status: `${message}\nRun "otel-kit ${usage}--help" for usage`,
    });
  }
});

Deno.test("run() shows the help if no arguments are given", async () => {
  const { code, status } = await runHere();
  assertEquals(code, 2);
  assert(status.includes("Usage: otel-kit COMMAND"));
});
