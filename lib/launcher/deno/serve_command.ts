/** The options of `deno serve`, translated for `deno run`. */
export interface ServeCommand {
  /** The arguments after `run`. */
  args: string[];
  /** The address to listen on. */
  listen: { hostname: string; port: number };
  /** Whether to open it in the browser. */
  opens: boolean;
  parallel?: never;
  refused?: never;
}

/** A `deno serve` on several threads, which `deno run` doesn't have. */
export interface ParallelServe {
  /** The arguments of Deno around the module. */
  parallel: { before: string[]; module: string; after: string[] };
  listen?: never;
  refused?: never;
}

/** Features of `deno serve` that `deno run` lacks. */
interface Refused {
  refused: string;
  listen?: never;
  parallel?: never;
}

const DEFAULT_HOST = "0.0.0.0";
const DEFAULT_PORT = 8000;

/** The end of the flags: the module to serve. */
const MODULE = /\.[cm]?[jt]sx?$|^(?:https?|jsr|npm|file|data):/;

/** Flags whose value is a separate argument. */
const WITH_VALUE = /^(?:-c|-L|--config|--log-level|--import-map|--lock|--cert|--location|--seed)$/;

const ALL_OF_NET = /^(?:-A|--allow-all|-N|--allow-net)$/;
const SOME_OF_NET = /^(?:-N|--allow-net)=/;

/**
 * Translates the arguments of `deno serve` for `deno run`, which serves if DENO_AUTO_SERVE is set. `serve` may
 * listen without a permission.
 *
 * @param args The arguments of Deno; the first is `serve`.
 */
export function serveAsRun(args: readonly string[]): ServeCommand | ParallelServe | Refused {
  const kept: string[] = [];
  const given: { port?: string; host?: string } = {};
  let opens = false;
  let isParallel = false;
  let i = 1;
  for (; i < args.length && !MODULE.test(args[i]!); i++) {
    const word = args[i]!;
    const [, flag, value] = /^--(port|host)(?:=(.*))?$/.exec(word) ?? [];
    isParallel ||= word === "--parallel";
    if (word === "--open") opens = true;
    else if (flag === "port" || flag === "host") given[flag] = value ?? args[++i] ?? "";
    else if (WITH_VALUE.test(word)) kept.push(word, args[++i] ?? "");
    else kept.push(word);
  }
  const module = args[i];
  if (isParallel && module !== undefined) {
    return { parallel: { before: args.slice(0, i), module, after: args.slice(i + 1) } };
  }
  const hostname = given.host ?? DEFAULT_HOST;
  const port = Number(given.port ?? DEFAULT_PORT);
  // Deno itself reports what is wrong with it.
  if (!Number.isInteger(port)) return { refused: `--port "${given.port}" is not a number` };
  if (opens && port === 0) return { refused: "deno run has no --open, and the port is unknown" };
  const flags = withPermissionToListen(kept, `${hostname}:${port}`);
  return { args: [...flags, ...args.slice(i)], listen: { hostname, port }, opens };
}

/** Adds the permission. Before 2.9, Deno accepts only one list of addresses. */
function withPermissionToListen(flags: readonly string[], address: string): string[] {
  if (flags.some((flag) => ALL_OF_NET.test(flag))) return [...flags];
  const list = flags.findIndex((flag) => SOME_OF_NET.test(flag));
  if (list === -1) return [`--allow-net=${address}`, ...flags];
  return flags.with(list, `${flags[list]},${address}`);
}
