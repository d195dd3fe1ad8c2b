import { poll } from "../poll.ts";
import type { Host } from "./network.ts";
import type { Program } from "./programs.ts";

/** The longest that a server may take to start: a Cassandra node on a busy machine. */
const START_PATIENCE_MS = 240_000;
/** It gives way to other programs of the machine, and ends with this process even if that is killed. */
const WRAPPER = ["setpriv", "--pdeathsig", "KILL", "nice", "-n", "10"];

/** A running server of the cluster. */
export interface ClusterServer {
  name: string;
  host: Host;
  pid: number;
  /**
   * Waits until it reports that it is ready.
   *
   * @throws {Error} If it ends before, or takes too long.
   */
  ready(): Promise<void>;
  /** Sends a signal and waits for the server to end. */
  stop(signal?: Deno.Signal): Promise<void>;
}

/** Starts a server on a host. What it prints is in `NAME.log`. */
export async function startServer(
  name: string,
  host: Host,
  { command, env, before = [], ready }: Program,
  directory: string,
): Promise<ClusterServer> {
  const log = `${directory}/${name}.log`;
  await Deno.remove(log).catch(() => {});
  for (const first of before) {
    const { success } = await launch(log, [...host.prefix, ...first], env).status;
    if (!success) throw new Error(`${name}: ${first.at(-1)} failed\n${await lastLines(log)}`);
  }
  const child = launch(log, [...host.prefix, ...WRAPPER, ...command], env);
  let hasEnded = false;
  const ended = child.status.then(() => void (hasEnded = true));
  const stop = async (signal: Deno.Signal = "SIGTERM") => {
    if (!hasEnded) child.kill(signal);
    await ended;
  };
  const isReady = async () => {
    await poll(
      async () => {
        const text = await Deno.readTextFile(log).catch(() => "");
        if (text.includes(ready)) return { result: true };
        if (hasEnded) throw new Error(`${name} ended:\n${await lastLines(log)}`);
        return { answer: text.slice(-500) };
      },
      name,
      START_PATIENCE_MS,
    );
  };
  return { name, host, pid: child.pid, ready: isReady, stop };
}

/** Starts a command whose output is appended to a file; it replaces its shell, so the process ID is its own. */
function launch(
  log: string,
  command: readonly string[],
  env: Record<string, string>,
): Deno.ChildProcess {
  return new Deno.Command("sh", {
    args: ["-c", 'exec "$@" >>"$0" 2>&1', log, ...command],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function lastLines(log: string): Promise<string> {
  return (await Deno.readTextFile(log).catch(() => "")).slice(-3000);
}
