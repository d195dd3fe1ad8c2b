import { assert } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { describeCommands } from "../../../lib/cli/run.ts";
import { type Shell, SHELLS, writeCompletions } from "../../../lib/cli/flags/completion_scripts.ts";
import { areGranted, type Condition, testIf } from "../../helpers/needs.ts";

/** A shell that shows nothing for this long has nothing to show. */
const PATIENCE_MS = 10_000;

/** What each shell must and must not offer when it completes the words. */
const CASES = [
  {
    line: "otel-kit ",
    offers: ["demo", "serve", "auto", "collector", "compare", "traces", "tail", "doctor"],
    not: "--traces-exporter",
  },
  { line: "otel-kit serve --mode ", offers: ["base", "manual", "middleware", "auto"], not: "otlp" },
  { line: "otel-kit auto --traces-sa", offers: ["--traces-sampler"], not: "--service-name" },
  { line: "otel-kit auto --traces-exporter otlp,co", offers: ["otlp,console"], not: "otlp,otlp" },
  { line: "otel-kit collector --max-", offers: ["--max-traces", "--max-bytes"], not: "--db" },
  { line: "otel-kit traces --status ", offers: ["error", "ok"], not: "otlp" },
  { line: "otel-kit fault ", offers: ["slow-route", "blocked-collector", "answer"], not: "auto" },
  { line: "otel-kit completions ", offers: ["bash", "zsh", "fish"], not: "auto" },
];

Deno.test("writeCompletions() names every command and flag, for each shell", async () => {
  const commands = await describeCommands();
  for (const shell of SHELLS) {
    const script = writeCompletions(shell, commands);
    for (const { name, flags } of commands) {
      assert(script.includes(name), `${shell} ${name}`);
      for (const flag of flags) assert(script.includes(flag.name), `${shell} ${flag.name}`);
    }
  }
});

testIf(needsShell("bash"), ["run"], "bash completes commands, flags and values", async () => {
  const script = writeCompletions("bash", await describeCommands());
  for (const { line, offers, not } of CASES) {
    const words = line.split(" ").map((word) => `'${word}'`).join(" ");
    const ask = `COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _otel_kit; ` +
      `printf '%s\\n' "\${COMPREPLY[@]}"`;
    check(await output("bash", ["-c", `${script}\n${ask}`]), offers, not, line);
  }
});

testIf(needsShell("fish"), ["run"], "fish completes commands, flags and values", async () => {
  const script = writeCompletions("fish", await describeCommands());
  for (const { line, offers, not } of CASES) {
    const asked = await output("fish", ["--no-config", "-c", `${script}\ncomplete -C '${line}'`]);
    check(asked.map((row) => row.split("\t")[0]!), offers, not, line);
  }
});

testIf(
  needsShell("zsh"),
  ["run", "read", "write"],
  "zsh completes commands, flags and values",
  async () => {
    const path = await Deno.makeTempFile({ suffix: ".zsh" });
    try {
      await Deno.writeTextFile(path, writeCompletions("zsh", await describeCommands()));
      for (const { line, offers, not } of CASES) {
        const shown = (await output("zsh", ["-f", "-c", IN_TERMINAL, "zsh", path, line])).join(
          "\n",
        );
        // Zsh also shows the line itself, and for a list only the part after the last comma.
        const list = stripVTControlCharacters(shown).replaceAll(line, "").split(/[\s,]+/);
        check(list, offers.map((word) => word.split(",").at(-1)!), not, line);
      }
    } finally {
      await Deno.remove(path);
    }
  },
);

/**
 * Queries an interactive zsh in its own terminal. Tab shows the completions and then reports that it did:
 * keys sent too early would keep zsh from showing anything.
 */
const IN_TERMINAL = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1=; autoload -U compinit; compinit -u -D; source '$1'; setopt no_beep
  stty cols 200 rows 100; LINES=100 COLUMNS=200 LISTMAX=500
  ask() { zle list-choices; zle -R; print -r -- EN""D }; zle -N ask; bindkey "^I" ask
  echo REA""DY'
zpty -r -m shell prologue '*READY*'
zpty -w -n shell "$2"$'\\t'
zpty -r -m shell shown '*END*'
print -r -- "$shown"
zpty -d shell
`;

function check(offered: string[], wanted: string[], not: string, line: string): void {
  for (const word of wanted) assert(offered.includes(word), `${line}: ${word} of ${offered}`);
  assert(!offered.includes(not), `${line}: ${not}`);
}

async function output(command: string, args: string[]): Promise<string[]> {
  const streams = { stdin: "null", stdout: "piped", stderr: "null" } as const;
  const child = new Deno.Command(command, { args, ...streams }).spawn();
  const timer = setTimeout(() => child.kill(), PATIENCE_MS);
  const { stdout } = await child.output();
  clearTimeout(timer);
  return new TextDecoder().decode(stdout).trim().split("\n");
}

function needsShell(shell: Shell): Condition {
  if (!areGranted(["run"])) return { missing: undefined };
  try {
    new Deno.Command(shell, { args: ["-c", ":"], stdout: "null", stderr: "null" }).outputSync();
    return { missing: undefined };
  } catch {
    return { missing: `no ${shell} on PATH` };
  }
}
