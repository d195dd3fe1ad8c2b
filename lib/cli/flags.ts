import { parseArgs } from "@std/cli/parse-args";
import { UsageError } from "./errors.ts";
import { suggest } from "./suggest.ts";

/** A flag of a command. */
export interface Flag {
  /** With hyphens, without the leading ones: `service-name`. */
  name: string;
  /** Stands for the value in help texts; undefined where the flag takes none. */
  placeholder?: string;
  /** May stand without its value, which then is `true`. */
  bare?: boolean;
  /** Other names: a letter for a short form, a word for a long one. */
  aliases?: readonly string[];
  /** Lines for `--help`. */
  help: string;
}

/** What was on the command line. */
export interface ParsedFlags {
  /** Values by the flag's name, as given last; `true` for a flag without value. */
  values: ReadonlyMap<string, string | true>;
  /** From the first argument that is no flag on, untouched; without a leading `--`. */
  rest: string[];
}

/** Stands for the value in `--flag=`, which `parseArgs` takes for no value at all. */
const EMPTY = "\0";

/** How many letters a flag may be off for its right spelling to be suggested. */
const MAX_DISTANCE = 4;

/**
 * Parses the flags in front of the first argument that is none. In names `-` and `_` are the same;
 * `--flag value` and `--flag=value` are too; the last one wins; `--` ends the flags.
 *
 * @throws {UsageError} If a flag is not known or has no value.
 */
export function parseFlags(args: string[], flags: readonly Flag[]): ParsedFlags {
  const valued = flags.filter((flag) => flag.placeholder !== undefined);
  const switches = flags.filter((flag) => flag.placeholder === undefined);
  const respelled = args.map((arg, i) => respell(arg, args[i + 1], flags));
  const parsed = parseArgs(respelled, {
    string: [...valued.map(({ name }) => name), "_"],
    boolean: switches.map(({ name }) => name),
    alias: Object.fromEntries(flags.map(({ name, aliases = [] }) => [name, [...aliases]])),
    stopEarly: true,
    "--": true,
    unknown: (arg, key) => {
      if (key === undefined) return;
      throw new UsageError(unknownFlag(args[respelled.indexOf(arg)] ?? arg, flags));
    },
  });

  const values = new Map<string, string | true>();
  for (const { name } of valued) {
    const value: unknown = parsed[name];
    if (value === undefined) continue;
    if (value === "") throw new UsageError(`Cannot use --${name} alone: it needs a value`);
    values.set(name, value === EMPTY ? "" : String(value));
  }
  for (const { name } of switches) {
    if (parsed[name]) values.set(name, true);
  }
  return { values, rest: restOf(args, parsed._.length) };
}

/** The names of a flag, as typed. */
export function spellings({ name, aliases = [] }: Flag): string[] {
  return [...aliases, name].map((word) => word.length === 1 ? `-${word}` : `--${word}`);
}

function respell(arg: string, next: string | undefined, flags: readonly Flag[]): string {
  const match = /^--([^=]+)(=.*)?$/s.exec(arg);
  if (!match) return arg;
  const name = match[1]!.replaceAll("_", "-");
  const value = match[2];
  if (value === undefined) {
    const { bare = false } = flags.find((flag) => flag.name === name) ?? {};
    return bare && !/^(true|false)$/i.test(next ?? "") ? `--${name}=true` : `--${name}`;
  }
  return `--${name}${value === "=" ? `=${EMPTY}` : value}`;
}

/** `parseArgs` leaves out the `--`, which may also belong to a command that follows. */
function restOf(args: string[], positionals: number): string[] {
  const end = args.indexOf("--");
  if (positionals > 0) return args.slice((end === -1 ? args.length : end) - positionals);
  return end === -1 ? [] : args.slice(end + 1);
}

function unknownFlag(arg: string, flags: readonly Flag[]): string {
  const typed = arg.replace(/=.*/s, "");
  const normal = typed.replaceAll("_", "-");
  const nearest = suggest(normal, flags.flatMap(spellings), { maxDistance: MAX_DISTANCE });
  if (!nearest) return `Unknown flag ${typed}`;
  const suggestion = typed.includes("_") ? nearest.replaceAll(/(?<=\w)-/g, "_") : nearest;
  return `Unknown flag ${typed}. Did you mean ${suggestion}?`;
}
