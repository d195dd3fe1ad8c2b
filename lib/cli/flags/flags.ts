import { suggest } from "../../suggest.ts";
import { UsageError } from "../errors.ts";

/** The definition of a flag. */
export interface FlagOptions {
  /** The placeholder for the value in help texts; undefined if the flag has no value. */
  placeholder?: string;
  /** The value may be omitted, and is then `true`. */
  bare?: boolean;
  /** Other names: a letter for a short form, a word for a long one. */
  aliases?: readonly string[];
  /** May be repeated; every value counts. */
  repeatable?: boolean;
  /** The possible values, if they can be listed. */
  choices?: readonly string[];
  /** Rejects an empty value, which nothing else would report. */
  nonEmpty?: boolean;
  /** The value is the path of a file. */
  file?: boolean;
  /** `opentelemetry-instrument` has this flag, too. */
  reference?: boolean;
  /** Lines for `--help`. */
  help: string;
}

/** A flag with one value. */
export type ValueFlag = FlagOptions & { placeholder: string; repeatable?: false };

/** The flags of a command, by name: with hyphens, but without leading ones, such as `service-name`. */
export type FlagTable = Readonly<Record<string, FlagOptions>>;

/** A flag with its name. */
export type Flag = FlagOptions & { name: string };

/** The parsed values of a table's flags. */
export type FlagValues<T extends FlagTable> = { readonly [Name in keyof T]: FlagValue<T[Name]> };

/**
 * The last value of a flag, or undefined; every value of a repeatable flag; or, for a flag without a value,
 * whether it was given.
 */
type FlagValue<F extends FlagOptions> = F extends { placeholder: string }
  ? F extends { repeatable: true } ? readonly string[] : string | undefined
  : boolean;

/** The parsed command line. */
export interface ParsedFlags<T extends FlagTable> {
  flags: FlagValues<T>;
  /** Everything from the first argument that is not a flag, untouched; without a leading `--`. */
  rest: string[];
}

/** The maximum number of wrong letters for which a spelling is suggested. */
const MAX_DISTANCE = 4;

/** The maximum number of flags that are suggested. */
const MAX_MEANT = 3;

/**
 * Parses the flags before the first other argument. In names, `-` and `_` are equivalent, and a name may be
 * abbreviated as long as it stays unambiguous. `--flag value` and `--flag=value` are equivalent. The last value
 * counts; `--` ends the flags.
 *
 * @throws {UsageError} If a flag is unknown, or its value is missing or invalid.
 */
export function parseFlags<const T extends FlagTable>(
  args: readonly string[],
  table: T,
): ParsedFlags<T> {
  const { given, rest } = readLeadingFlags(args, listFlags(table));
  return { flags: valuesOf(table, given), rest };
}

/**
 * Like {@linkcode parseFlags}, for commands whose own arguments may also precede flags; `rest` contains these
 * arguments.
 *
 * @throws {UsageError} Like {@linkcode parseFlags}.
 */
export function parseMixed<const T extends FlagTable>(
  args: readonly string[],
  table: T,
): ParsedFlags<T> {
  const flags = listFlags(table);
  const all: GivenFlag[] = [];
  const rest: string[] = [];
  for (let left = args; left.length > 0;) {
    const { given, rest: [first, ...others] } = readLeadingFlags(left, flags);
    all.push(...given);
    if (first !== undefined) rest.push(first);
    left = others;
  }
  return { flags: valuesOf(table, all), rest };
}

/** Whether a flag was given, according to its value. */
export function isGiven(value: string | boolean | readonly string[] | undefined): boolean {
  return typeof value === "object" ? value.length > 0 : value !== undefined && value !== false;
}

/** The flags of a table, in its order. */
export function listFlags(table: FlagTable): Flag[] {
  return Object.entries(table).map(([name, options]) => ({ name, ...options }));
}

/** The names of a flag, as typed on the command line. */
export function spellings({ name, aliases = [] }: Flag): string[] {
  return [...aliases, name].map((word) => word.length === 1 ? `-${word}` : `--${word}`);
}

/** One occurrence of a flag; `true` means no value. */
interface GivenFlag {
  name: string;
  value: string | true;
}

function readLeadingFlags(
  args: readonly string[],
  flags: readonly Flag[],
): { given: GivenFlag[]; rest: string[] } {
  const given: GivenFlag[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--") return { given, rest: args.slice(i + 1) };
    const match = /^(--?[^-=][^=]*)(?:=(.*))?$/s.exec(arg);
    if (!match) return { given, rest: args.slice(i) };
    const flag = findFlag(match[1]!, flags);
    const { value, isNextUsed } = valueOf(flag, match[2], args[i + 1]);
    if (isNextUsed) i++;
    given.push({ name: flag.name, value });
  }
  return { given, rest: [] };
}

function valuesOf<T extends FlagTable>(table: T, given: readonly GivenFlag[]): FlagValues<T> {
  const entries = listFlags(table).map(({ name, placeholder, repeatable }) => {
    const values = given.filter((one) => one.name === name).map(({ value }) => value);
    if (placeholder === undefined) return [name, values.length > 0];
    return [name, repeatable ? values : values.at(-1)];
  });
  return Object.fromEntries(entries) as FlagValues<T>;
}

/** The value of a flag: the text after its `=`, or the next argument. */
function valueOf(
  { name, placeholder, bare = false, nonEmpty = false }: Flag,
  given: string | undefined,
  next: string | undefined,
): { value: string | true; isNextUsed: boolean } {
  if (placeholder === undefined) {
    if (given === undefined) return { value: true, isNextUsed: false };
    throw new UsageError(`Cannot use --${name} with a value: it takes none`);
  }
  const isNextUsed = given === undefined && (!bare || /^\s*(true|false)\s*$/i.test(next ?? ""));
  const value = isNextUsed ? next : given ?? "true";
  if (value === undefined || isNextUsed && /^--?[a-z]/i.test(value)) {
    throw new UsageError(`Cannot use --${name} alone: it needs a value`);
  }
  if (nonEmpty && value === "") throw new UsageError(`Cannot use --${name} "": expected a value`);
  return { value, isNextUsed };
}

/** The flag for the typed name: its name, an alias, or an unambiguous abbreviation. */
function findFlag(typed: string, flags: readonly Flag[]): Flag {
  const normal = typed.replaceAll("_", "-");
  const exact = flags.find((flag) => spellings(flag).includes(normal));
  if (exact) return exact;
  const candidates = normal.startsWith("--")
    ? flags.filter((flag) => spellings(flag).some((spelling) => spelling.startsWith(normal)))
    : [];
  if (candidates.length === 1) return candidates[0]!;
  // Abbreviations that are unambiguous in the reference command stay valid, whatever flags the kit adds.
  const known = candidates.filter(({ name, reference }) =>
    reference && `--${name}`.startsWith(normal)
  );
  if (known.length === 1) return known[0]!;
  if (candidates.length === 0) throw new UsageError(unknownFlag(typed, flags));
  const names = candidates.map(({ name }) => spelledLike(typed, `--${name}`));
  throw new UsageError(`Cannot use ${typed}: it could be ${names.join(", ")}`);
}

function unknownFlag(typed: string, flags: readonly Flag[]): string {
  const normal = typed.replaceAll("_", "-");
  const all = flags.flatMap(spellings).filter((spelling) => spelling.startsWith("--"));
  const near = (maxDistance: number) => {
    const found = suggest(normal, all, { maxDistance });
    return found === undefined ? [] : [found];
  };
  // A slip of the finger, a shared word, and then anything similar.
  const meant = [near(1), flagsAbout(normal, all), near(MAX_DISTANCE)]
    .find(({ length }) => length > 0)?.map((flag) => spelledLike(typed, flag));
  return `Unknown flag ${typed}${meant ? `. Did you mean ${meant.join(" or ")}?` : ""}`;
}

/** The few flags that share a word with what was typed; its last word counts most. */
function flagsAbout(typed: string, all: readonly string[]): string[] {
  const words = typed.split("-").filter((word) => word !== "").reverse();
  return words.map((word) => all.filter((flag) => flag.split("-").includes(word)))
    .find(({ length }) => length > 0 && length <= MAX_MEANT) ?? [];
}

/** The flag with underscores, if it was typed that way. */
function spelledLike(typed: string, flag: string): string {
  return typed.includes("_") ? flag.replaceAll(/(?<=\w)-/g, "_") : flag;
}
