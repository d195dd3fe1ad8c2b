import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { expectInTools, now, type Since } from "./tutorial_expectations.ts";
import { poll } from "./poll.ts";
import { type Launch, spawn } from "./program.ts";
import { outputPattern, type Part } from "./tutorial.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The parts of the project that a learner works with. */
const MATERIAL = [
  "apps",
  "lib",
  "scripts",
  "collector-demo",
  "docs",
  "main.ts",
  "deno.json",
  "deno.lock",
];

/** Runs again at the end, in case the tutorial failed on the way. */
const STOP_SERVERS = "docker compose -f collector-demo/docker-compose.yaml down";

/** The time limit for one block; pulling the servers' images takes longest. */
const BLOCK_MS = 600_000;

/** Follows the tutorial in a copy of the project, with two terminals, and one for a Collector. */
export class Learner implements AsyncDisposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "otel-kit-tutorial-" });
  #app: FirstTerminal | undefined;
  /** The app that ended last; its final output is read afterward. */
  #ended: FirstTerminal | undefined;
  /** The learner's own Collector. */
  #lab: FirstTerminal | undefined;
  #output = "";
  #since: Since | undefined;
  #startedServers = false;

  /** Copies the material. */
  async arrive(): Promise<void> {
    await this.#run(`cd "${ROOT}"; cp -R ${MATERIAL.join(" ")} "$OLDPWD"`);
    // Curl shows its progress if its output isn't a terminal.
    await Deno.writeTextFile(`${this.#folder}/.curlrc`, "no-progress-meter\n");
  }

  /** Runs one part of a page; throws if the result differs from the text. */
  async do(part: Part): Promise<void> {
    if (part.kind === "ctrl-c") return await this.#pressCtrlC();
    if (part.kind === "expect") {
      for (const line of part.lines) await expectInTools(line, this.#since ?? await now());
      return;
    }
    const { language, role, text } = part;
    if (language === "sh" && text.startsWith("docker compose ")) this.#startedServers = true;
    if (language === "sh" && role === "app") await this.#start(text);
    else if (language === "sh" && role === "lab") await this.#startLab(text);
    else if (language === "sh") this.#output = await this.#run(text);
    else if (language === "text" && role === "app") {
      await this.#read(this.#app ?? this.#ended, text);
    } else if (language === "text" && role === "lab") await this.#read(this.#lab, text);
    else if (language === "text" && role === "promql") {
      await expectInTools(`prometheus ${text}`, this.#since ?? await now());
    } else if (language === "text" && role === "") {
      assertMatch(this.#output, outputPattern(text, { whole: true }));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app?.process.stop();
    await this.#lab?.process.stop();
    if (this.#startedServers) await this.#run(STOP_SERVERS);
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #run(script: string): Promise<string> {
    const { code, stdout } = await this.#spawn(script).end(BLOCK_MS);
    assertEquals(code, 0, `\n$ ${script}\n${stdout}`);
    return asOnScreen(stdout);
  }

  async #start(command: string): Promise<void> {
    assert(!this.#app, "an app still runs in the first terminal: the text lacks a Ctrl-C");
    this.#since = await now();
    const process = this.#spawn(`exec ${command}`);
    this.#app = { process, seen: 0 };
    await process.waitFor("stdout", "Listening on ");
  }

  /** Ctrl-C in the third terminal, if anything runs there, and the command. */
  async #startLab(command: string): Promise<void> {
    await this.#lab?.process.stop("SIGINT");
    const process = this.#spawn(`exec ${command}`);
    this.#lab = { process, seen: 0 };
    await process.waitFor("stdout", "Listening on ");
  }

  /** Finds the text in a program's output since the last read. */
  async #read(app: FirstTerminal | undefined, expected: string): Promise<void> {
    assert(app, "nothing ran in that terminal");
    const pattern = outputPattern(expected, { whole: false });
    app.seen += await poll(() => {
      const answer = app.process.stdout.slice(app.seen);
      const match = pattern.exec(answer);
      const result = match ? match.index + match[0].length : undefined;
      return Promise.resolve(result === undefined ? { answer } : { result });
    }, `a program, which should write:\n${expected}\n`);
  }

  async #pressCtrlC(): Promise<void> {
    assert(this.#app, "nothing runs that Ctrl-C could end");
    this.#ended = this.#app;
    this.#app = undefined;
    await this.#ended.process.stop("SIGINT");
  }

  /** A terminal: both streams in the order in which they were written. */
  #spawn(script: string): ReturnType<typeof spawn> {
    const launch: Launch = {
      command: "bash",
      args: ["-euc", `cd "$0"; exec 2>&1\n${script}`, this.#folder],
    };
    return spawn([], { launch, env: { CURL_HOME: this.#folder } });
  }
}

/** An app, and how much of its output was read. */
interface FirstTerminal {
  process: ReturnType<typeof spawn>;
  seen: number;
}

/** HTTP has its own line endings, and the last line may have none. */
function asOnScreen(output: string): string {
  const text = output.replaceAll("\r\n", "\n");
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
