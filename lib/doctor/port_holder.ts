import { basename } from "node:path";
import { messageOf } from "../error_message.ts";

/** The state of a listening socket in /proc/net/tcp. */
const LISTENING = "0A";

/** A program on this machine. */
export interface Listener {
  pid: string;
  /** `deno`. */
  program: string;
}

/** How a program was started. */
export interface Start {
  pid: string;
  args: string[];
  env: Record<string, string>;
}

/** How a program was started, and how the program that started it was. */
export interface StartWithParent extends Start {
  /** Undefined if it has ended, or is another user's. */
  parent?: Start;
}

/** The result, or why it is unknown: a clause for a message. */
export type Known<T> = { value: T; unknown?: undefined } | { value?: undefined; unknown: string };

/** Something can't be determined; the message is the reason. */
class UnknownError extends Error {}

/**
 * The program that listens on a TCP port of this machine: `deno (process 1234)`. It works on Linux and macOS,
 * for programs of the same user, if running `cat` and `ls`, or `lsof`, is permitted: Deno shows files under
 * /proc only to programs with all permissions.
 */
export function findPortHolder(port: number): Promise<Known<string>> {
  return knownOf(async () => {
    const { program, pid } = await findListener(port);
    return `${program} (process ${pid})`;
  });
}

/** The program of {@linkcode findPortHolder} in a sentence, or the reason if it is unknown. */
export function nameHolder({ value, unknown }: Known<string>, otherwise = "another program") {
  return value ?? `${otherwise} (not known which: ${unknown})`;
}

/** The command line of the program that listens on a port of this machine; only on Linux. */
export function readPortHolder(port: number): Promise<Known<StartWithParent>> {
  return knownOf(async () => {
    if (Deno.build.os !== "linux") {
      throw new UnknownError("only Linux shows how programs were started");
    }
    const { pid } = await findListener(port);
    const start = await readStart(pid);
    const parentPid = /^PPid:\s*(\d+)$/m.exec(await run("cat", `/proc/${pid}/status`))?.[1];
    const parent = parentPid === undefined ? undefined : await readStart(parentPid);
    return { ...start, ...parent && parent.args.length > 0 && { parent } };
  });
}

async function readStart(pid: string): Promise<Start> {
  const [args, env] = await Promise.all([
    readStrings(pid, "cmdline"),
    readStrings(pid, "environ"),
  ]);
  const pairs = env.map((pair) => [pair.split("=", 1)[0], pair.slice(pair.indexOf("=") + 1)]);
  return { pid, args, env: Object.fromEntries(pairs) };
}

async function knownOf<T>(find: () => Promise<T>): Promise<Known<T>> {
  try {
    return { value: await find() };
  } catch (error) {
    if (!(error instanceof UnknownError)) throw error;
    return { unknown: error.message };
  }
}

async function findListener(port: number): Promise<Listener> {
  const listener = await lookFor(port);
  if (listener) return listener;
  throw new UnknownError("it is another user's, or runs in a container");
}

async function lookFor(port: number): Promise<Listener | undefined> {
  switch (Deno.build.os) {
    case "linux": {
      const inodes = listeningSockets(await run("cat", "/proc/net/tcp", "/proc/net/tcp6"), port);
      if (inodes.size === 0) return undefined;
      const pids = (await run("ls", "/proc")).split("\n").filter((name) => /^\d+$/.test(name));
      const paths = pids.flatMap((pid) => [`/proc/${pid}/exe`, `/proc/${pid}/fd`]);
      return parseLs(await run("ls", "-ln", ...paths), inodes);
    }
    case "darwin":
      return parseLsof(await run("lsof", "-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"));
    default:
      throw new UnknownError("this is supported only on Linux and macOS");
  }
}

/** The first process in the output of `lsof -Fpc`: a line for its id, and one for its name. */
export function parseLsof(output: string): Listener | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const program = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined || program === undefined ? undefined : { pid, program };
}

/** The inodes of the sockets that listen on a port, from the kernel's tables. */
export function listeningSockets(table: string, port: number): Set<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
  return new Set(
    rows.filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
      .map((row) => row[9] ?? ""),
  );
}

/**
 * The oldest process that holds one of the sockets, from the output of `ls -l` for /proc/PID/exe and the
 * folders /proc/PID/fd of all processes. Those of other users show nothing.
 */
export function parseLs(output: string, inodes: ReadonlySet<string>): Listener | undefined {
  const sockets = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  const programs = new Map<string, string>();
  const holders: number[] = [];
  let folder = "";
  for (const line of output.split("\n")) {
    folder = /^\/proc\/(\d+)\/fd:$/.exec(line)?.[1] ?? folder;
    const [, path = "", target = ""] = /(?<!\S)(\S+) -> (.*)$/.exec(line) ?? [];
    const pid = /^\/proc\/(\d+)\/exe$/.exec(path)?.[1];
    if (pid !== undefined) programs.set(pid, fileName(target));
    else if (sockets.has(target)) holders.push(Number(folder));
  }
  if (holders.length === 0) return undefined;
  const pid = String(Math.min(...holders));
  return { pid, program: programs.get(pid) || "a program" };
}

function fileName(path: string): string {
  return basename(path.replace(/ \(deleted\)$/, ""));
}

/** The kernel's format for process data: strings that end with a zero byte. */
async function readStrings(pid: string, name: string): Promise<string[]> {
  const text = await run("cat", `/proc/${pid}/${name}`);
  return text.split("\0").filter((text) => text !== "");
}

/**
 * The output of a command, as far as it could read its input.
 *
 * @throws {UnknownError} If it can't be run. If permission is missing, the user is not prompted.
 */
async function run(command: string, ...args: string[]): Promise<string> {
  if (Deno.permissions.querySync({ name: "run", command }).state !== "granted") {
    throw new UnknownError(`"${command}" may not be run; --allow-run=${command} lets it`);
  }
  try {
    const { stdout } = await new Deno.Command(command, { args, stderr: "null" }).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    throw new UnknownError(
      error instanceof Deno.errors.NotFound
        ? `there is no "${command}" on PATH`
        : `"${command}" cannot be run: ${messageOf(error)}`,
    );
  }
}
