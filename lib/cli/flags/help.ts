import { formatSetting, settingOf, type Variable } from "../../telemetry/settings.ts";
import { type FlagTable, listFlags, spellings, type ValueFlag } from "./flags.ts";

const WIDTH = 80;
const HELP_COLUMN = 28;

/** The content of a command's `--help`. */
export interface Help {
  /** The arguments after its name; several lines if there are several forms. */
  usage: string | readonly string[];
  about?: string;
  /** Explanations of its words. */
  words?: string;
  /** Its flags by heading, if they are not in a single list. */
  flags?: Readonly<Record<string, FlagTable>>;
  /** The text after the flags. */
  more?: readonly string[];
}

/** The text of `--help` for a command with many flags: those that are used most. */
export function shortHelp(
  name: string,
  { usage, about, words }: Help,
  all: FlagTable,
  usual: readonly string[],
): string {
  const shown = [...usual, "help", "help-all"];
  const flags = Object.fromEntries(shown.flatMap((flag) => all[flag] ? [[flag, all[flag]]] : []));
  return [
    usageLines(name, usage),
    ...about === undefined ? [] : [wrap(about)],
    ...words === undefined ? [] : [words],
    section("Most used flags", flagEntries(flags)),
    `All ${Object.keys(all).length} flags: otel-kit ${name} --help-all`,
  ].join("\n\n");
}

/** The text of `--help`, with all flags. */
export function commandHelp(
  name: string,
  { usage, about, words, flags, more = [] }: Help,
  all: FlagTable,
): string {
  const [[heading, first] = ["Flags", all], ...groups] = Object.entries(flags ?? {});
  return [
    usageLines(name, usage),
    ...about === undefined ? [] : [wrap(about)],
    ...words === undefined ? [] : [words],
    section(heading, flagEntries({ ...first, ...helpFlags(all) })),
    ...groups.map(([heading, group]) => section(heading, flagEntries(group))),
    ...more,
  ].join("\n\n");
}

function helpFlags({ help, "help-all": helpAll }: FlagTable): FlagTable {
  return { ...help && { help }, ...helpAll && { "help-all": helpAll } };
}

function usageLines(name: string, usage: Help["usage"]): string {
  const start = "Usage: ";
  const ways = [usage].flat().map((way) => `otel-kit ${name} ${way}`.trimEnd());
  return start + ways.join(`\n${" ".repeat(start.length)}`);
}

/** A heading with its entries: terms on the left, with explanations beside or below them. */
export function section(heading: string, entries: readonly [term: string, text: string][]): string {
  return [heading, ...entries.map(([term, text]) => entry(term, text))].join("\n");
}

/** The entries of a command's flags. */
export function flagEntries(table: FlagTable): [string, string][] {
  return listFlags(table).map((flag) => {
    const names = spellings(flag).join(", ");
    return [flag.placeholder ? `${names} ${flag.placeholder}` : names, flag.help];
  });
}

/** One line for a setting: description, allowed values, default. */
function settingHelp(variable: Variable): string {
  const row = settingOf(variable);
  const choices = row.type.choices ? `: ${row.type.choices.join(", ")}` : "";
  const standard = formatSetting(variable, row.default as never);
  return `${row.help}${choices}${standard && ` (default ${standard})`}`;
}

/** The flag of a setting, for the parser and for help texts. */
export function settingFlag(variable: Variable, aliases: readonly string[] = []): ValueFlag {
  const { type, file = false, extra = false } = settingOf(variable);
  const isList = type.placeholder.endsWith(",...");
  return {
    placeholder: type.choices ? (isList ? "NAME,..." : "NAME") : type.placeholder,
    bare: type.placeholder === "true|false",
    ...type.choices && { choices: type.choices },
    file,
    reference: !extra,
    aliases,
    help: settingHelp(variable),
  };
}

/**
 * Wraps text to the width of the terminal. The program's own texts take one column per character; the
 * terminal's `paragraph()` measures other texts, but its tables would slow down `--help`.
 */
export function wrap(
  text: string,
  indent = 0,
  widthOf = (text: string) => text.length,
): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && indent + widthOf(`${line} ${word}`) > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  lines.push(line);
  return lines.join(`\n${" ".repeat(indent)}`);
}

function entry(term: string, text: string): string {
  const start = `  ${term}`;
  const explanation = wrap(text, HELP_COLUMN);
  return start.length < HELP_COLUMN - 1
    ? `${start.padEnd(HELP_COLUMN)}${explanation}`
    : `${start}\n${" ".repeat(HELP_COLUMN)}${explanation}`;
}
