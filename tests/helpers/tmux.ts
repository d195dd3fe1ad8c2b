import { areGranted, testIf } from "./needs.ts";
import { onPath } from "./on_path.ts";
import { poll } from "./poll.ts";

const TMUX = onPath("tmux");
const CONFIG = Deno.build.os === "windows" ? "NUL" : "/dev/null";

/** Shown below a program that has ended, with its exit code. */
const ENDED = "ended with";

/** A terminal that runs a program. */
export interface TestTerminal extends AsyncDisposable {
  /** Presses keys, by their names in tmux. */
  press(...keys: string[]): Promise<void>;
  /** Types a literal text. */
  type(text: string): Promise<void>;
  /** The screen, once it contains the text. */
  waitFor(text: string): Promise<string>;
  /** The screen, once the condition holds. */
  waitUntil(holds: (screen: string) => boolean, what: string): Promise<string>;
  /** Whether anything on the screen is highlighted by color or weight. */
  isStyled(): Promise<boolean>;
  resize(columns: number, rows: number): Promise<void>;
  /** A variable of tmux: `alternate_on`, `cursor_flag`. */
  read(variable: string): Promise<string>;
  /** The screen after the program has ended, and the exit code. */
  ended(): Promise<{ screen: string; code: number }>;
}

/** What to run in a terminal, and the terminal's size. */
export interface TestTerminalOptions {
  command: readonly string[];
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
}

/** Registers a test that runs if tmux is installed; otherwise its name says why it is ignored. */
export function testInTerminal(name: string, fn: () => Promise<void>): void {
  const missing = areGranted(["env", "read"]) && !TMUX.includes("/")
    ? "no tmux on PATH"
    : undefined;
  testIf({ missing }, ["env", "read", "run"], name, fn);
}

/** Starts a program in a terminal of its own tmux server; disposing ends both. */
export async function openTerminal(
  { command, columns = 80, rows = 24, env = {} }: TestTerminalOptions,
): Promise<TestTerminal> {
  const socket = `otel-kit-test-${crypto.randomUUID()}`;
  const tmux = (...args: string[]) => run(["-L", socket, ...args]);
  const settings = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`);
  // The program shouldn't inherit the tests' color settings.
  const words = ["env", "-u", "NO_COLOR", ...settings, ...command.map(quoted)];
  const line = `${words.join(" ")}; echo "${ENDED} $?"; cat`;
  await run([
    ...["-L", socket, "-f", CONFIG, "new-session", "-d"],
    ...["-x", String(columns), "-y", String(rows), line],
  ]);

  async function waitUntil(holds: (screen: string) => boolean, what: string): Promise<string> {
    return await poll(async () => {
      const screen = await tmux("capture-pane", "-p");
      return holds(screen) ? { result: screen } : { answer: `\n${screen}` };
    }, `the terminal: ${what}`);
  }

  return {
    press: async (...keys) => void await tmux("send-keys", ...keys),
    type: async (text) => void await tmux("send-keys", "-l", text),
    waitUntil,
    waitFor: (text) => waitUntil((screen) => screen.includes(text), text),
    // deno-lint-ignore no-control-regex
    isStyled: async () => /\x1b\[/.test(await tmux("capture-pane", "-p", "-e")),
    resize: async (columns, rows) =>
      void await tmux("resize-window", "-x", String(columns), "-y", String(rows)),
    read: async (variable) => (await tmux("display-message", "-p", `#{${variable}}`)).trim(),
    async ended() {
      const screen = await waitUntil((screen) => screen.includes(ENDED), ENDED);
      return { screen, code: Number(new RegExp(`${ENDED} (\\d+)`).exec(screen)?.[1]) };
    },
    async [Symbol.asyncDispose]() {
      await tmux("kill-server");
    },
  };
}

async function run(args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(TMUX, { args }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(`tmux ${args.join(" ")}: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
