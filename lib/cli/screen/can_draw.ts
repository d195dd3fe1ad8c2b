/** Facts that a program can determine about its terminal. */
export interface TerminalFacts {
  /** Whether standard input and standard output are terminals. */
  isInputTerminal: boolean;
  isOutputTerminal: boolean;
  /** In columns and rows; undefined if unknown. */
  size: { columns: number; rows: number } | undefined;
  env: Readonly<Record<string, string | undefined>>;
  os: typeof Deno.build.os;
  /** Whether this is an executable of `deno compile`. */
  isStandalone: boolean;
}

/** Whether a full-screen view can be drawn, and single keys can be read. */
export function canDraw(facts: TerminalFacts): boolean {
  const { isInputTerminal, isOutputTerminal, size, env } = facts;
  return isInputTerminal && isOutputTerminal && size !== undefined && size.columns > 0 &&
    size.rows > 0 && env.TERM !== "dumb" && takesEscapeCodes(facts);
}

/** The facts about the current terminal. */
export function readTerminalFacts(): TerminalFacts {
  return {
    isInputTerminal: Deno.stdin.isTerminal(),
    isOutputTerminal: Deno.stdout.isTerminal(),
    size: readSize(),
    env: Deno.env.toObject(),
    os: Deno.build.os,
    isStandalone: Deno.build.standalone,
  };
}

/** The size of the terminal; undefined if unknown. */
export function readSize(): { columns: number; rows: number } | undefined {
  try {
    return Deno.consoleSize();
  } catch {
    return undefined;
  }
}

/** The width of the terminal on standard output; undefined if that is not a terminal. */
export function terminalColumns(): number | undefined {
  return Deno.stdout.isTerminal() ? readSize()?.columns : undefined;
}

/**
 * A Windows console interprets escape codes only after ENABLE_VIRTUAL_TERMINAL_PROCESSING is set, and prints
 * them otherwise. `deno run` sets it at startup (`colors::enable_ansi()` in cli/lib.rs); an executable of `deno
 * compile` doesn't before Deno 2.8.2: https://github.com/denoland/deno/pull/34701 There, only terminals that
 * are known to support them count: Windows Terminal (WT_SESSION), ConEmu (ConEmuANSI), an editor's
 * (TERM_PROGRAM), or a Unix-like one such as mintty (TERM).
 */
function takesEscapeCodes({ env, os, isStandalone }: TerminalFacts): boolean {
  return os !== "windows" || !isStandalone || Boolean(env.WT_SESSION) || env.ConEmuANSI === "ON" ||
    Boolean(env.TERM_PROGRAM) || Boolean(env.TERM);
}
