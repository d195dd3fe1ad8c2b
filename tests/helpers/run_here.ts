import { run } from "../../lib/cli/run.ts";

/** Runs a command in this process, and returns what it wrote. */
export async function runHere(...args: string[]) {
  const data: string[] = [];
  const status: string[] = [];
  const code = await run(args, {
    stop: AbortSignal.abort(),
    signals: { take: () => ({ [Symbol.dispose]() {} }) },
    output: { data: (line) => data.push(line) > 0, status: (line) => status.push(line) },
  });
  return { code, data: data.join("\n"), status: status.join("\n") };
}
