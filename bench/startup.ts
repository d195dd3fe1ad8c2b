/**
 * The size of the executable and its time to `--help`, compared with a compiled program that only prints a
 * word. All are started in turn; times are medians. If other versions of Deno are given, they are measured too;
 * one that can't create executables runs the sources.
 *
 * deno task bench:startup [--rounds N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import { withFolder } from "../tests/helpers/folder.ts";
import { measuredDenos } from "./denos.ts";
import { type MeasuredProgram, preparePrograms } from "./kit.ts";
import { median } from "./median.ts";
import { printTable } from "./report.ts";

const MIB = 1024 * 1024;
const flags = parseArgs(Deno.args, { string: ["deno", "rounds"], collect: ["deno"] });
const rounds = Number(flags.rounds ?? 20);
const denos = await measuredDenos(flags.deno);

await withFolder(async (folder) => {
  const measured: { program: MeasuredProgram; args: string[]; millis: number[] }[] = [];
  for (const deno of denos) {
    const { hello, kit } = await preparePrograms(deno, folder);
    measured.push({ program: hello, args: [], millis: [] });
    measured.push({ program: kit, args: ["--help"], millis: [] });
  }
  for (let round = 0; round <= rounds; round++) {
    for (const { program, args, millis } of measured) {
      const start = performance.now();
      await run(program, args);
      // The first round fills the machine's caches.
      if (round > 0) millis.push(performance.now() - start);
    }
  }
  printTable([
    ["", "size", "to its end"],
    ...measured.map(({ program: { name, executable }, args, millis }) => [
      [name, ...args].join(" "),
      executable ? `${(Deno.statSync(executable).size / MIB).toFixed(1)} MiB` : "from sources",
      `${median(millis).toFixed(0)} ms`,
    ]),
  ]);
});

async function run({ name, launch }: MeasuredProgram, args: string[]): Promise<void> {
  const { success } = await new Deno.Command(launch.command, {
    args: [...launch.args, ...args],
    stdout: "null",
  }).output();
  if (!success) throw new Error(`Cannot measure: ${name} failed`);
}
