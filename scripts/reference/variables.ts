import {
  flagName,
  formatSetting,
  settingOf,
  type Variable,
  VARIABLES,
} from "../../lib/telemetry/settings.ts";
import { code, generatedNote, table } from "./markdown.ts";

const GROUPS = [
  ["All signals", "all"],
  ["Traces", "traces"],
  ["Metrics", "metrics"],
  ["Logs", "logs"],
] as const;

/** The page of all environment variables that the apps' SDK reads. */
export function variablesPage(): string {
  const ofOurs = VARIABLES.filter((variable) => !settingOf(variable).pythonOnly);
  const ofPython = VARIABLES.filter((variable) => settingOf(variable).pythonOnly);
  return [
    "# Environment variables",
    generatedNote("`lib/telemetry/settings.ts`"),
    "`serve`, `auto` and `doctor` read these variables. Each one is also a flag. An invalid " +
    "variable is ignored with a warning, as the OpenTelemetry specification requires; with " +
    "`--strict` it stops the command. An invalid flag always stops it. `--print-config` shows " +
    "every setting and where it came from.",
    ...GROUPS.flatMap(([heading, signal]) => [
      `## ${heading}`,
      table(
        ["Variable", "Flag", "Meaning", "Values", "Default"],
        ofOurs.filter((variable) => settingOf(variable).signal === signal).map(rowOf),
      ),
    ]),
    "## Accepted for Python's command lines",
    "These have no effect on the apps of the kit. `auto` accepts them so that command lines for " +
    "`opentelemetry-instrument` work unchanged, and passes them on to Python programs.",
    table(
      ["Variable", "Flag", "Meaning"],
      ofPython.map((variable) => rowOf(variable).slice(0, 3)),
    ),
  ].join("\n\n");
}

function rowOf(variable: Variable): string[] {
  const { type, default: fallback, help } = settingOf(variable);
  return [
    code(variable),
    code(flagName(variable)),
    help,
    type.choices ? type.choices.map(code).join(", ") : code(type.placeholder),
    code(formatSetting(variable, fallback as never)),
  ];
}
