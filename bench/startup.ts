/**
 * What the executable weighs: its size and its time to `--help`, beside a compiled program that only
 * prints a word. The two are started in turn; times are medians. Needs `deno task compile` first.
 *
 * deno task bench:startup [--rounds N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { executable } from "../tests/helpers/program.ts";

const MIB = 1024 * 1024;
const { rounds } = parseArgs(Deno.args, { default: { rounds: 20 } });

const directory = await Deno.makeTempDir();
try {
  const source = `${directory}/hello.ts`;
  const hello = `${directory}/hello`;
  await Deno.writeTextFile(source, `console.log("hello");\n`);
  await run(Deno.execPath(), ["compile", "--quiet", "--no-config", `--output=${hello}`, source]);

  const programs = [
    { name: "bare hello", command: hello, args: [] as string[], millis: [] as number[] },
    {
      name: "otel-kit --help",
      command: executable().command,
      args: ["--help"],
      millis: [] as number[],
    },
  ];
  for (let round = 0; round <= rounds; round++) {
    for (const { command, args, millis } of programs) {
      const start = performance.now();
      await run(command, args);
      // The first round fills the machine's caches.
      if (round > 0) millis.push(performance.now() - start);
    }
  }
  for (const { name, command, millis } of programs) {
    const median = millis.toSorted((a, b) => a - b)[millis.length >> 1]!;
    const size = Deno.statSync(command).size / MIB;
    const line = `${name.padEnd(16)} ${size.toFixed(1)} MiB  ${median.toFixed(0).padStart(4)} ms\n`;
    await Deno.stdout.write(new TextEncoder().encode(line));
  }
} finally {
  await Deno.remove(directory, { recursive: true });
}

async function run(command: string, args: string[]): Promise<void> {
  const { success } = await new Deno.Command(command, { args, stdout: "null" }).output();
  if (!success) throw new Error(`Cannot measure: ${command} failed`);
}
