import { run } from "../../lib/cli/run.ts";

/** Runs a command in this process, which is to end as soon as it has begun, and returns what it wrote. */
export async function runHere(...args: string[]) {
  return await runHereUntil(AbortSignal.abort(), ...args);
}

/** As {@linkcode runHere}, and it goes on until it is done or told to stop. */
export async function runHereUntil(stop: AbortSignal, ...args: string[]) {
  const data: string[] = [];
  const status: string[] = [];
  const code = await run(args, {
    stop,
    signals: { take: () => ({ [Symbol.dispose]() {} }) },
    output: { data: (line) => data.push(line) > 0, status: (line) => status.push(line) },
  });
  return { code, data: data.join("\n"), status: status.join("\n") };
}
