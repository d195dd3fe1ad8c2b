import { run } from "../../lib/cli/run.ts";

/** Runs a command in this process, tells it to stop as soon as it has started, and returns its output. */
export async function runHere(...args: string[]) {
  return await runHereUntil(AbortSignal.abort(), ...args);
}

/** Like {@linkcode runHere}, but continues until the command finishes or is told to stop. */
export async function runHereUntil(stop: AbortSignal, ...args: string[]) {
  return await runHereWith({ stop }, ...args);
}

/** Like {@linkcode runHereUntil}, but reports each line as soon as it is written. */
export async function runHereWith(
  { stop = new AbortController().signal, onData = () => {}, onStatus = () => {} }: {
    stop?: AbortSignal;
    onData?: (line: string) => void;
    onStatus?: (line: string) => void;
  },
  ...args: string[]
) {
  const data: string[] = [];
  const status: string[] = [];
  const code = await run(args, {
    stop,
    signals: { take: () => ({ [Symbol.dispose]() {} }) },
    output: {
      data(line) {
        data.push(line);
        onData(line);
        return true;
      },
      status(line) {
        status.push(line);
        onStatus(line);
      },
    },
  });
  return { code, data: data.join("\n"), status: status.join("\n") };
}
