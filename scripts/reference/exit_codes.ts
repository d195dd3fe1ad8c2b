import { generatedNote, table } from "./markdown.ts";

/** The meaning of a command's exit code, unless another table of the command is more specific. */
const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ["0", "Success. `guide check` passed, `doctor` found no failure, the answer was right"],
  ["1", "Failure: something could not start, a check has not passed yet, an answer was wrong"],
  ["2", "Usage error: an unknown command or flag, or an invalid value. Nothing was started"],
  ["3", "The environment is broken: `guide check` and `fault answer` cannot reach what they need"],
  ["126", "`auto` found the program but cannot run it"],
  ["127", "`auto` cannot find the program"],
  ["128+n", "Signal n ended the program, or forced otel-kit to end"],
  ["other", "The exit code of the program that `auto` ran"],
];

/** The page of exit codes. */
export function exitCodesPage(): string {
  return [
    "# Exit codes",
    generatedNote("`scripts/reference/exit_codes.ts`"),
    table(["Code", "Meaning"], EXIT_CODES),
    "Ctrl-C or SIGTERM ends a command in good order: it finishes in-flight requests, flushes " +
    "queued telemetry, and exits with 0. A second signal ends it at once.",
  ].join("\n\n");
}
