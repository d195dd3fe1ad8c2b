import { type Flag, spellings } from "./flags.ts";

/** The shells with completions. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of them. */
export type Shell = (typeof SHELLS)[number];

/** A command that can follow `otel-kit`. */
export interface CommandDescription {
  name: string;
  summary: string;
  flags: readonly Flag[];
  /** The possible first arguments, if the command takes one of a few words. */
  words?: readonly string[];
  /** Whether a program with arguments may follow. */
  takesProgram?: boolean;
}

/** The script with which a shell completes commands, flags and the values that can be listed. */
export function writeCompletions(shell: Shell, commands: readonly CommandDescription[]): string {
  return { bash: writeBash, zsh: writeZsh, fish: writeFish }[shell](commands);
}

function writeBash(commands: readonly CommandDescription[]): string {
  const caseOf = (test: (flag: Flag) => boolean, words: (flag: Flag) => string) =>
    distinctFlags(commands).filter(test)
      .map((flag) => `    ${spellings(flag).join("|")}) ${words(flag)} ;;`);
  return `# otel-kit completions for bash: source <(otel-kit completions bash)
_otel_kit() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} prefix=""
  COMPREPLY=()
  # Readline makes a word of the = in --flag=value.
  if [[ $word == "=" ]]; then word=""; elif [[ $previous == "=" ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $previous in
${
    [
      ...caseOf(
        ({ choices }) => choices !== undefined,
        ({ choices, placeholder }) =>
          `_otel_kit_words "${choices!.join(" ")}" ${isList(placeholder) ? "list" : "one"}; return`,
      ),
      ...caseOf(
        ({ file = false }) => file,
        () => `COMPREPLY=($(compgen -f -- "$word")); return`,
      ),
      ...caseOf(
        ({ choices, file = false, placeholder }) => !choices && !file && placeholder !== undefined,
        () => "return",
      ),
    ].join("\n")
  }
  esac
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${
    [...commands.map(({ name }) => name), "--help", "--version"].join(" ")
  }" -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${
    commands.map(({ name, flags, words = [], takesProgram = false }) => {
      const all = [...words, ...flags.flatMap(spellings)].join(" ");
      const program = takesProgram
        ? `[[ $word == -* ]] || { COMPREPLY=($(compgen -c -- "$word")); return; }; `
        : "";
      return `    ${name}) ${program}COMPREPLY=($(compgen -W "${all}" -- "$word")) ;;`;
    }).join("\n")
  }
  esac
}
# Completes one word, or the last one of several separated by commas.
_otel_kit_words() {
  local prefix=""
  if [[ $2 == list && $word == *,* ]]; then prefix=\${word%,*},; fi
  COMPREPLY=($(compgen -P "$prefix" -W "$1" -- "\${word#"$prefix"}"))
}
complete -o bashdefault -F _otel_kit otel-kit`;
}

function writeZsh(commands: readonly CommandDescription[]): string {
  const specOf = (flag: Flag) => {
    const { choices, file = false, help, placeholder } = flag;
    const text = help.replaceAll(/[[\]:'"`$\\]/g, (char) => char === "'" ? "’" : `\\${char}`);
    const value = placeholder === undefined
      ? ""
      : choices
      ? isList(placeholder)
        ? `:${flag.name}:_values -s , ${flag.name} ${choices.map(quoteWord).join(" ")}`
        : `:${flag.name}:(${choices.join(" ")})`
      : file
      ? `:${flag.name}:_files`
      : `:${flag.name}: `;
    return spellings(flag).map((name) =>
      `'${flag.repeatable ? "*" : ""}${name}${placeholder ? "=" : ""}[${text}]${value}'`
    );
  };
  return `#compdef otel-kit
# otel-kit completions for zsh: source <(otel-kit completions zsh)
_otel_kit() {
  local -a commands=(
${commands.map(({ name, summary }) => `    '${name}:${summary.replaceAll("'", "’")}'`).join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    _arguments : '--help[Print help]' '--version[Print the version]'
    return
  fi
  local command=$words[2]
  # Quoted so that an empty word, which is the one to be completed, is not lost.
  words=("\${(@)words[2,-1]}")
  ((CURRENT--))
  case $command in
${
    commands.map(({ name, flags, words = [], takesProgram = false }) => {
      const rest = takesProgram
        ? [`'*:::program:_normal'`]
        : words.length > 0
        ? [`'1:word:(${words.join(" ")})'`]
        : [];
      const specs = [...flags.flatMap(specOf), ...rest].join(" \\\n        ");
      return `    ${name})\n      _arguments : \\\n        ${specs}\n      ;;`;
    }).join("\n")
  }
  esac
}
compdef _otel_kit otel-kit`;
}

function writeFish(commands: readonly CommandDescription[]): string {
  const lines = [
    "# otel-kit completions for fish: otel-kit completions fish | source",
    "complete -c otel-kit -f",
    ...commands.map(({ name, summary }) =>
      `complete -c otel-kit -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`
    ),
    "complete -c otel-kit -n __fish_use_subcommand -l help -s h -d 'Print help'",
    "complete -c otel-kit -n __fish_use_subcommand -l version -s V -d 'Print the version'",
  ];
  for (const { name, flags, words = [], takesProgram = false } of commands) {
    const start = `complete -c otel-kit -n '__fish_seen_subcommand_from ${name}'`;
    if (words.length > 0) lines.push(`${start} -a ${quote(words.join(" "))}`);
    if (takesProgram) lines.push(`${start} -a '(__fish_complete_subcommand)'`);
    for (const flag of flags) {
      const names = [flag.name, ...flag.aliases ?? []]
        .map((word) => word.length === 1 ? `-s ${word}` : `-l ${word}`);
      const { choices, file = false, placeholder, help } = flag;
      const value = choices
        ? ` -x -a ${quote(fishWords(choices, placeholder))}`
        : file
        ? " -r -F"
        : placeholder
        ? " -x"
        : "";
      lines.push(`${start} ${names.join(" ")}${value} -d ${quote(help)}`);
    }
  }
  return lines.join("\n");
}

/** In a list, the part after the last comma is completed. */
function fishWords(choices: readonly string[], placeholder: string | undefined): string {
  return isList(placeholder)
    ? `(__fish_append , ${choices.map((choice) => choice === "*" ? "\\*" : choice).join(" ")})`
    : choices.join(" ");
}

function isList(placeholder: string | undefined): boolean {
  return placeholder?.endsWith(",...") ?? false;
}

/** Flags of several commands, each once. */
function distinctFlags(commands: readonly CommandDescription[]): Flag[] {
  return [...new Map(commands.flatMap(({ flags }) => flags).map((flag) => [flag.name, flag]))
    .values()];
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function quoteWord(word: string): string {
  return word === "*" ? "\\*" : word;
}
