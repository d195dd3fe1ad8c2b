import type { Backends } from "../../lib/workshop/backends/backends.ts";
import { checkStep } from "../../lib/workshop/check/check_step.ts";
import { readCounters } from "../../lib/workshop/conditions/evaluate.ts";
import type { CheckContext, Outcome } from "../../lib/workshop/conditions/outcome.ts";
import type { Action, Step } from "../../lib/workshop/course/step.ts";
import { fromSources, type RunningProgram, runProgram, sourcesThatRun, spawn } from "./program.ts";
import { freePort } from "./servers.ts";

const WORKSHOP = new URL("../../lib/workshop/", import.meta.url);
const PORT_IN_FILES = /\b5000\b/g;
const AUTO_SERVICE = "MyHonoAppInProductionAuto";

/** Takes steps: begins one, does its solution, has it checked, and begins it again. */
export class Student implements AsyncDisposable {
  readonly #backends: Backends;
  readonly #folder: string;
  readonly #port = freePort();
  #app: Pick<RunningProgram, "waitFor" | "stop" | "stderr"> | undefined;
  #context: CheckContext;

  /** The folder is the learner's. */
  constructor(backends: Backends, folder: string) {
    this.#backends = backends;
    this.#folder = folder;
    this.#context = this.#contextNow();
  }

  /** Lays out the folder, with what is in it moved to the student's port. */
  async arrive(): Promise<void> {
    await this.#copy(new URL("template/", WORKSHOP), "");
  }

  /** Begins a step: what was before does not count, and nothing of it runs. */
  async begin({ conditions }: Step): Promise<void> {
    await this.#stop();
    this.#context = this.#contextNow();
    Object.assign(this.#context.readings, await readCounters(conditions, this.#context));
  }

  /** Each condition once, without patience but for what has to be waited for by its nature. */
  async check(step: Pick<Step, "conditions">, maxPatienceMillis = Infinity): Promise<Outcome[]> {
    return await checkStep(step, this.#context, { maxPatienceMillis });
  }

  /** Does one action of a solution. */
  async do(action: Action, step: Step): Promise<void> {
    if ("stop" in action) return await this.#stop();
    if ("start" in action) return await this.#start(action.start);
    if ("request" in action) {
      const { path, times } = action.request;
      for (let i = 0; i < times; i++) await (await fetch(this.#context.appUrl + path)).text();
    } else if ("write" in action) {
      for (const name of action.write) {
        await this.#write(new URL(`steps/solution/${name}`, WORKSHOP), name);
      }
    } else if ("answer" in action) {
      const answers = Object.fromEntries(action.answer.quiz.map((id) => [id, true]));
      this.#context = { ...this.#context, answers: { ...this.#context.answers, ...answers } };
    } else if ("collectorDemo" in action) {
      await runProgram(["collector-demo", `${this.#folder}/${action.collectorDemo.dir}`], {
        launch: fromSources("main.ts", ["write"]),
      });
    } else {
      const awaited = step.conditions.filter(({ id }) => action.wait.includes(id));
      await this.check({ conditions: awaited });
    }
  }

  /** Removes what a solution has written. */
  async tidy(): Promise<void> {
    for await (const { name } of Deno.readDir(this.#folder)) {
      await Deno.remove(`${this.#folder}/${name}`, { recursive: true });
    }
    await this.arrive();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }

  #contextNow(): CheckContext {
    return {
      backends: this.#backends,
      appUrl: `http://127.0.0.1:${this.#port}`,
      folder: this.#folder,
      startedAt: Date.now(),
      readings: {},
      answers: {},
      memory: new Map(),
    };
  }

  async #start(start: Extract<Action, { start: unknown }>["start"]): Promise<void> {
    await this.#stop();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: this.#backends.otlpHttpUrl,
      OTEL_BSP_SCHEDULE_DELAY: "200",
    };
    if ("mode" in start) {
      const args = ["serve", "--mode", start.mode, "--port", String(this.#port), ...start.flags];
      this.#app = spawn(args, { env });
      return await this.#app.waitFor("stderr", "Ctrl-C\n");
    }
    const permissions = ["net", "env", "read", "sys"].map((name) => `--allow-${name}`);
    const file = ["run", "--cached-only", ...permissions, `${this.#folder}/${start.file}`];
    this.#app = start.auto
      ? spawn(["auto", "--", Deno.execPath(), ...file], {
        env: { ...env, OTEL_SERVICE_NAME: AUTO_SERVICE, OTEL_METRIC_EXPORT_INTERVAL: "1000" },
        launch: sourcesThatRun(),
      })
      : spawn([], { env, launch: { command: Deno.execPath(), args: file } });
    await this.#answer();
  }

  /** Not every app says that it listens. */
  async #answer(): Promise<void> {
    const patience = { id: "up", says: "It is up", fails: {}, withinMillis: 20_000 };
    const check = { kind: "http", path: "/", status: 200 } as const;
    await this.check({ conditions: [{ ...patience, check }] });
  }

  async #stop(): Promise<void> {
    await this.#app?.stop();
    this.#app = undefined;
  }

  async #copy(folder: URL, path: string): Promise<void> {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) await this.#copy(new URL(`${name}/`, folder), `${path}${name}/`);
      else await this.#write(new URL(name, folder), path + name);
    }
  }

  async #write(from: URL, name: string): Promise<void> {
    const text = await Deno.readTextFile(from);
    const file = `${this.#folder}/${name}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, text.replace(PORT_IN_FILES, String(this.#port)));
  }
}
