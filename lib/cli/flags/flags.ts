import { suggest } from "../../suggest.ts";
import { UsageError } from "../errors.ts";

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
  /** May be given several times, and every value counts. */
  repeatable?: boolean;
  /** The words that the value may be, where these can be listed. */
  choices?: readonly string[];
  /** An empty value makes no sense, and nobody else tells. */
  nonEmpty?: boolean;
  /** The value is the path of a file. */
  file?: boolean;
  /** `opentelemetry-instrument` has this flag too. */
  reference?: boolean;
  /** Lines for `--help`. */
  help: string;
}

/** What was on the command line. */
export interface ParsedFlags {
  /** Values by the flag's name, as given last; `true` for a flag without value. */
  values: ReadonlyMap<string, string | true>;
  /** Every value of the flags that may be repeated, by the flag's name. */
  lists: ReadonlyMap<string, string[]>;
  /** From the first argument that is no flag on, untouched; without a leading `--`. */
  rest: string[];
}

/** How many letters a flag may be off for its right spelling to be suggested. */
const MAX_DISTANCE = 4;

/**
 * Parses the flags in front of the first argument that is none. In names `-` and `_` are the same; a
 * name may be cut short as long as it is clear which one is meant; `--flag value` and `--flag=value`
 * are the same; the last one wins; `--` ends the flags.
 *
 * @throws {UsageError} If a flag is not known, or has no value or one that makes no sense.
 */
export function parseFlags(args: string[], flags: readonly Flag[]): ParsedFlags {
  const values = new Map<string, string | true>();
  const lists = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--") return { values, lists, rest: args.slice(i + 1) };
    const match = /^(--?[^-=][^=]*)(?:=(.*))?$/s.exec(arg);
    if (!match) return { values, lists, rest: args.slice(i) };
    const flag = findFlag(match[1]!, flags);
    const { value, isNextUsed } = valueOf(flag, match[2], args[i + 1]);
    if (isNextUsed) i++;
    values.set(flag.name, value);
    if (flag.repeatable) lists.set(flag.name, [...lists.get(flag.name) ?? [], String(value)]);
  }
  return { values, lists, rest: [] };
}

/**
 * As {@linkcode parseFlags}, for commands whose own arguments may stand before flags too; `rest`
 * holds these arguments.
 *
 * @throws {UsageError} If a flag is not known or has no value.
 */
export function parseMixed(args: string[], flags: readonly Flag[]): ParsedFlags {
  const values = new Map<string, string | true>();
  const lists = new Map<string, string[]>();
  const rest: string[] = [];
  for (let left = args; left.length > 0;) {
    const parsed = parseFlags(left, flags);
    for (const [name, value] of parsed.values) values.set(name, value);
    for (const [name, list] of parsed.lists) lists.set(name, [...lists.get(name) ?? [], ...list]);
    const [first, ...others] = parsed.rest;
    if (first !== undefined) rest.push(first);
    left = others;
  }
  return { values, lists, rest };
}

/**
 * For a command that takes flags only.
 *
 * @throws {UsageError} If something follows the flags.
 */
export function refuseArguments({ rest }: ParsedFlags, command: string): void {
  if (rest.length > 0) throw new UsageError(`Cannot use "${rest[0]}": ${command} takes flags only`);
}

/** The names of a flag, as typed. */
export function spellings({ name, aliases = [] }: Flag): string[] {
  return [...aliases, name].map((word) => word.length === 1 ? `-${word}` : `--${word}`);
}

/** The value of a flag: what stands behind its `=`, or the next argument. */
function valueOf(
  { name, placeholder, bare = false, nonEmpty = false }: Flag,
  given: string | undefined,
  next: string | undefined,
): { value: string | true; isNextUsed: boolean } {
  if (placeholder === undefined) {
    if (given === undefined) return { value: true, isNextUsed: false };
    throw new UsageError(`Cannot use --${name} with a value: it takes none`);
  }
  const isNextUsed = given === undefined && (!bare || /^(true|false)$/i.test(next ?? ""));
  const value = isNextUsed ? next : given ?? "true";
  if (value === undefined || isNextUsed && /^--?[a-z]/i.test(value)) {
    throw new UsageError(`Cannot use --${name} alone: it needs a value`);
  }
  if (nonEmpty && value === "") throw new UsageError(`Cannot use --${name} "": expected a value`);
  return { value, isNextUsed };
}

/** The flag that was typed: by its name, an alias, or the start of one that fits no other flag. */
function findFlag(typed: string, flags: readonly Flag[]): Flag {
  const normal = typed.replaceAll("_", "-");
  const exact = flags.find((flag) => spellings(flag).includes(normal));
  if (exact) return exact;
  const candidates = normal.startsWith("--")
    ? flags.filter((flag) => spellings(flag).some((spelling) => spelling.startsWith(normal)))
    : [];
  if (candidates.length === 1) return candidates[0]!;
  // What is clear to the reference command stays so, whatever flags we have beside its own.
  const known = candidates.filter(({ name, reference }) =>
    reference && `--${name}`.startsWith(normal)
  );
  if (known.length === 1) return known[0]!;
  if (candidates.length === 0) throw new UsageError(unknownFlag(typed, flags));
  const names = candidates.map(({ name }) => spelledLike(typed, `--${name}`));
  throw new UsageError(`Cannot use ${typed}: it could be ${names.join(", ")}`);
}

function unknownFlag(typed: string, flags: readonly Flag[]): string {
  const nearest = suggest(typed.replaceAll("_", "-"), flags.flatMap(spellings), {
    maxDistance: MAX_DISTANCE,
  });
  return `Unknown flag ${typed}${nearest ? `. Did you mean ${spelledLike(typed, nearest)}?` : ""}`;
}

/** The flag with underscores, where that is how it was typed. */
function spelledLike(typed: string, flag: string): string {
  return typed.includes("_") ? flag.replaceAll(/(?<=\w)-/g, "_") : flag;
}
