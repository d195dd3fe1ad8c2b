import { fileURLToPath } from "node:url";
import { areGranted, type Condition } from "./needs.ts";
import { within } from "./patience.ts";
import { changedSince, ROOT } from "./sources.ts";

const EXECUTABLE = new URL(Deno.build.os === "windows" ? "otel-kit.exe" : "otel-kit", ROOT);

/** The sources of the executable. */
const SOURCES = ["apps", "collector-demo", "lib", "scripts", "main.ts", "deno.json"];

/** Variables that a program inherits from this process: locations, but nothing of OpenTelemetry. */
const KEPT_VARIABLES = [
  "PATH",
  "HOME",
  "DENO_DIR",
  "DENO_TLS_CA_STORE",
  "SYSTEMROOT",
  "TMPDIR",
  // The Windows counterparts of HOME and TMPDIR.
  "USERPROFILE",
  "LOCALAPPDATA",
  "TEMP",
];

/** What to run. */
export interface Launch {
  command: string;
  args: string[];
}

/** The program from its sources. */
export function fromSources(entry = "main.ts", more: readonly string[] = []): Launch {
  const permissions = ["net", "env", "read", "sys", ...more].map((name) => `--allow-${name}`);
  const path = fileURLToPath(new URL(entry, ROOT));
  return { command: Deno.execPath(), args: ["run", ...permissions, path] };
}

/** Like {@linkcode fromSources}, but it may also run other programs. */
export function sourcesThatRun(): Launch {
  return fromSources("main.ts", ["run"]);
}

/** The executable. */
export function executable(): Launch {
  return { command: fileURLToPath(EXECUTABLE), args: [] };
}

/** Requires the executable to be built since the last change to its sources. */
export function needsExecutable(): Condition {
  // Without read permission the tests are ignored anyway, and a check would prompt the user for it.
  if (!areGranted(["read"])) return { missing: undefined };
  try {
    const built = Deno.statSync(EXECUTABLE).mtime!;
    const changed = changedSince(built, SOURCES);
    return {
      missing: changed ? "otel-kit is older than its sources, run `deno task compile`" : undefined,
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { missing: "no executable, run `deno task compile`" };
    }
    throw error;
  }
}

/** The result of a program that ended. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** A running program. */
export interface RunningProgram {
  /** Where its app listens. */
  url: string;
  pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves once the stream contains the text. */
  waitFor(stream: "stdout" | "stderr", text: string): Promise<void>;
  /** Sends a signal and waits for the program to end. */
  stop(signal?: Deno.Signal): Promise<Finished>;
  signal(signal: Deno.Signal): void;
  /** Waits for the program to end, and kills it after too long. */
  end(patienceMillis?: number): Promise<Finished>;
  /**
   * Returns the result of the work. If the work fails after the program ended, the error includes its
   * output.
   */
  holdTo<T>(work: Promise<T>): Promise<T>;
}

/** Options of {@linkcode runProgram} and {@linkcode withProgram}. */
export interface ProgramOptions {
  launch?: Launch;
  env?: Record<string, string>;
  /** The working directory; by default, that of the tests. */
  cwd?: string;
  /** The last text that the program writes to standard error before it listens. */
  ready?: string;
}

/** What compiles or publishes a program takes long on a busy machine. */
const RUN_MILLIS = 120_000;

/** Runs the program until it exits. */
export async function runProgram(
  args: string[],
  options: ProgramOptions = {},
): Promise<Finished> {
  return await spawn(args, options).end(RUN_MILLIS);
}

/** Runs a command's app on any free port while the function works with it. */
export async function withApp<T>(
  args: string[],
  options: ProgramOptions,
  use: (program: RunningProgram) => Promise<T>,
): Promise<T> {
  return await withProgram([...args, "--port", "0"], options, use);
}

/** Runs the program while the function works with it, then stops it. */
export async function withProgram<T>(
  args: string[],
  options: ProgramOptions,
  use: (program: RunningProgram) => Promise<T>,
): Promise<T> {
  const { ready = "Ctrl-C\n" } = options;
  const process = spawn(args, options);
  try {
    await process.waitFor("stderr", ready);
    const url = /Listening on (http:\S+)\//.exec(process.stderr)?.[1];
    if (!url) throw new Error(`The program does not say where it listens`);
    return await process.holdTo(use(Object.assign(process, { url })));
  } finally {
    await process.stop();
  }
}

/** Like {@linkcode withProgram}, for a program that doesn't listen. */
export async function withRunning<T>(
  args: string[],
  { ready = "", ...options }: ProgramOptions,
  use: (program: Omit<RunningProgram, "url">) => Promise<T>,
): Promise<T> {
  const process = spawn(args, options);
  try {
    await process.waitFor("stderr", ready);
    return await process.holdTo(use(process));
  } finally {
    await process.stop();
  }
}

/** Starts the program without waiting for anything. */
export function spawn(
  args: string[],
  { launch = fromSources(), env = {}, cwd }: ProgramOptions,
): Omit<RunningProgram, "url"> {
  const child = new Deno.Command(launch.command, {
    args: [...launch.args, ...args],
    ...cwd !== undefined && { cwd },
    clearEnv: true,
    env: { ...keptEnvironment(), NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const streams = { stdout: collect(child.stdout), stderr: collect(child.stderr) };
  let ended = false;
  const finished = (async (): Promise<Finished> => {
    const { code } = await child.status;
    ended = true;
    await Promise.all([streams.stdout.done, streams.stderr.done]);
    return { code, stdout: streams.stdout.text, stderr: streams.stderr.text };
  })();

  const written = () => `it wrote:\n${streams.stdout.text}\n${streams.stderr.text}`;

  function send(signal: Deno.Signal): void {
    if (ended) return;
    try {
      child.kill(signal);
    } catch (error) {
      // It may have ended before this process was notified.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  async function end(patienceMillis?: number): Promise<Finished> {
    try {
      return await within(finished, () => `the end of the program; ${written()}`, patienceMillis);
    } finally {
      send("SIGKILL");
    }
  }

  return {
    pid: child.pid,
    get stdout() {
      return streams.stdout.text;
    },
    get stderr() {
      return streams.stderr.text;
    },
    async waitFor(stream, text) {
      const found = Promise.race([
        streams[stream].waitFor(text).then(() => true),
        finished.then(() => streams[stream].text.includes(text)),
      ]);
      const wanted = () => `"${text}" of the program on ${stream}; ${written()}`;
      if (!await within(found, wanted)) throw new Error(`The program ended before ${wanted()}`);
    },
    signal: send,
    end,
    async holdTo(work) {
      try {
        return await work;
      } catch (error) {
        if (!ended) throw error;
        const { message } = error as Error;
        throw new Error(`${message}\nThe program had ended; ${written()}`, { cause: error });
      }
    },
    stop(signal = "SIGTERM") {
      send(signal);
      return end();
    },
  };
}

function collect(stream: ReadableStream<Uint8Array>) {
  const waiting: { text: string; resolve: () => void }[] = [];
  const state = {
    text: "",
    waitFor(text: string): Promise<void> {
      if (state.text.includes(text)) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ text, resolve }));
    },
    done: Promise.resolve(),
  };
  state.done = (async () => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      state.text += chunk;
      for (const { text, resolve } of waiting) {
        if (state.text.includes(text)) resolve();
      }
    }
  })();
  return state;
}

function keptEnvironment(): Record<string, string> {
  return Object.fromEntries(
    KEPT_VARIABLES.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
