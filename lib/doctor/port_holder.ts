/** What /proc/net/tcp has for a socket that listens. */
const LISTENING = "0A";

/** A program that runs on this machine. */
export interface Listener {
  pid: string;
  /** `deno`. */
  program: string;
}

/**
 * The program that listens on a TCP port of this machine: `deno (process 1234)`; undefined where
 * that cannot be found out. It can on Linux and macOS, for programs of the same user, by whom may run
 * `cat` and `lsof`.
 */
export async function findPortHolder(port: number): Promise<string | undefined> {
  const listener = await findListener(port);
  return listener && `${listener.program} (process ${listener.pid})`;
}

/** How the program that listens on a port was started; undefined where that cannot be found out. */
export async function readPortHolder(
  port: number,
): Promise<{ args: string[]; env: Record<string, string> } | undefined> {
  const listener = Deno.build.os === "linux" ? await findListener(port) : undefined;
  if (!listener) return undefined;
  const [args, env] = await Promise.all(
    ["cmdline", "environ"].map(async (name) =>
      (await run("cat", `/proc/${listener.pid}/${name}`)).split("\0").filter((text) => text !== "")
    ),
  );
  const pairs = env!.map((pair) => [pair.split("=", 1)[0], pair.slice(pair.indexOf("=") + 1)]);
  return { args: args!, env: Object.fromEntries(pairs) };
}

async function findListener(port: number): Promise<Listener | undefined> {
  try {
    switch (Deno.build.os) {
      case "linux": {
        // Deno keeps files under /proc from programs without every permission; links it shows.
        const inodes = listeningSockets(await run("cat", "/proc/net/tcp", "/proc/net/tcp6"), port);
        return inodes.size > 0 ? findProcess(inodes) : undefined;
      }
      case "darwin":
        return parseLsof(await run("lsof", "-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"));
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

/** The first process of what `lsof -Fpc` writes: a line for its id, and one for its name. */
export function parseLsof(output: string): Listener | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const program = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined || program === undefined ? undefined : { pid, program };
}

/** What a command writes; empty where it may not be run, so that nobody is asked for it. */
async function run(command: string, ...args: string[]): Promise<string> {
  if (Deno.permissions.querySync({ name: "run", command }).state !== "granted") return "";
  const { stdout } = await new Deno.Command(command, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}

/** The inodes of the sockets that listen on a port, from the tables of the kernel. */
export function listeningSockets(table: string, port: number): Set<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
  return new Set(
    rows.filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
      .map((row) => row[9] ?? ""),
  );
}

function findProcess(inodes: Set<string>): Listener | undefined {
  const links = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  for (const { name: pid } of Deno.readDirSync("/proc")) {
    if (/^\d+$/.test(pid) && holds(pid, links)) return { pid, program: programOf(pid) };
  }
  return undefined;
}

/** Processes of others, and those that end meanwhile, hold nothing that we could see. */
function holds(pid: string, links: Set<string>): boolean {
  try {
    for (const { name } of Deno.readDirSync(`/proc/${pid}/fd`)) {
      if (links.has(linkOf(`/proc/${pid}/fd/${name}`))) return true;
    }
  } catch {
    // not ours to see
  }
  return false;
}

function programOf(pid: string): string {
  const path = linkOf(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, "");
  return path.split("/").at(-1) || "a program";
}

function linkOf(path: string): string {
  try {
    return Deno.readLinkSync(path);
  } catch {
    return "";
  }
}
