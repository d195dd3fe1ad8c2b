import { assertEquals } from "@std/assert";
import { type CommandContext, defineCommand } from "../../lib/cli/command.ts";
import { describeCommands } from "../../lib/cli/run.ts";
import { runHere } from "../helpers/run_here.ts";

Deno.test("--help prints the help of every command, whatever else is given", async () => {
  for (const { name, flags } of await describeCommands()) {
    const { code, data, status } = await runHere(name, "--help");
    assertEquals([code, status, data.startsWith(`Usage: otel-kit ${name} `)], [0, "", true], name);
    assertEquals(flags.filter(({ name }) => name === "help").length, 1, name);
    assertEquals(await runHere(name, "-h"), { code, data, status });
  }
  const { data } = await runHere("load", "--help");
  assertEquals((await runHere("load", "no address", "--help")).data, data);
});

Deno.test("--help after a subcommand prints the help of that subcommand", async () => {
  for (const word of ["init", "new-step"]) {
    const { data } = await runHere("workshop", word, "--help");
    assertEquals(data.startsWith(`Usage: otel-kit workshop ${word} `), true, data);
  }
});

Deno.test("defineCommand() passes everything after the first argument to the command", async () => {
  const rests: string[][] = [];
  const command = defineCommand({
    name: "run",
    flags: { json: { help: "" } },
    arguments: "last",
    help: () => ({ usage: "" }),
    run({ rest, flags: { json } }) {
      rests.push(rest);
      return Promise.resolve(json ? 0 : 1);
    },
  });
  const context: CommandContext = {
    stop: AbortSignal.abort(),
    signals: { take: () => ({ [Symbol.dispose]() {} }) },
    output: { data: () => true, status: () => {} },
    describeCommands: () => Promise.resolve([]),
  };
  assertEquals(await command.run(["--json", "program", "--help"], context), 0);
  assertEquals(await command.run(["--", "--json"], context), 1);
  assertEquals(rests, [["program", "--help"], ["--json"]]);
});
