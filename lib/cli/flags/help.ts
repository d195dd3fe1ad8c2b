import { flagName, formatSetting, settingOf, type Variable } from "../../telemetry/settings.ts";
import { type Flag, spellings } from "./flags.ts";

const WIDTH = 80;
const HELP_COLUMN = 28;

/** A heading with its entries: terms on the left, explanations beside them or below. */
export function section(heading: string, entries: readonly [term: string, text: string][]): string {
  return [heading, ...entries.map(([term, text]) => entry(term, text))].join("\n");
}

/** The entries of a command's flags. */
export function flagEntries(flags: readonly Flag[]): [string, string][] {
  return flags.map((flag) => {
    const names = spellings(flag).join(", ");
    return [flag.placeholder ? `${names} ${flag.placeholder}` : names, flag.help];
  });
}

/** One line for a setting: what it is, what is allowed, what holds by default. */
function settingHelp(variable: Variable): string {
  const row = settingOf(variable);
  const choices = row.type.choices ? `: ${row.type.choices.join(", ")}` : "";
  const standard = formatSetting(variable, row.default as never);
  return `${row.help}${choices}${standard && ` (default ${standard})`}`;
}

/** The flag of a setting, for the parser and for help texts. */
export function settingFlag(variable: Variable, aliases: readonly string[] = []): Flag {
  const { type, file = false, extra = false } = settingOf(variable);
  const isList = type.placeholder.endsWith(",...");
  return {
    name: flagName(variable).slice(2),
    placeholder: type.choices ? (isList ? "NAME,..." : "NAME") : type.placeholder,
    bare: type.placeholder === "true|false",
    ...type.choices && { choices: type.choices },
    file,
    reference: !extra,
    aliases,
    help: settingHelp(variable),
  };
}

/** Breaks a text into lines that fit the terminal. */
export function wrap(text: string, indent = 0): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && indent + line.length + 1 + word.length > WIDTH) {
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
