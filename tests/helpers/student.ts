import type { Backends } from "../../lib/workshop/backends/backends.ts";
import { checkStep } from "../../lib/workshop/check/check_step.ts";
import { readCounters } from "../../lib/workshop/conditions/evaluate.ts";
import type { CheckContext, Outcome } from "../../lib/workshop/conditions/outcome.ts";
import type { Step } from "../../lib/workshop/course/step.ts";
import { type RunningProgram, sourcesThatRun, spawn } from "./program.ts";
import { copyFileMoved, copyTemplate } from "./classroom.ts";
import { countOwnTraffic } from "./own_traffic.ts";
import { freePort } from "./ports.ts";

const WORKSHOP = new URL("../../lib/workshop/", import.meta.url);
const AUTO_SERVICE = "MyHonoAppInProductionAuto";

/** Works through steps in its own folder: begins one, runs a file, and has the step checked. */
export class Student implements AsyncDisposable {
  readonly #backends: Backends;
  readonly #folder: string;
  readonly #port = freePort();
  #app: Pick<RunningProgram, "waitFor" | "stop" | "stderr"> | undefined;
  #context: CheckContext;

  /** Uses a learner's folder. */
  constructor(backends: Backends, folder: string) {
    this.#backends = backends;
    this.#folder = folder;
    this.#context = this.#contextNow();
  }

  /** Sets up the folder, with its files moved to the student's port. */
  async arrive(): Promise<void> {
    await copyTemplate(this.#folder, this.#port);
  }

  /** Begins a step: stops running programs, and ignores earlier telemetry. */
  async begin({ conditions }: Step): Promise<void> {
    await this.#stop();
    this.#context = this.#contextNow();
    Object.assign(this.#context.readings, await readCounters(conditions, this.#context));
  }

  /**
   * Checks each condition once, without waiting unless the condition itself requires it. When the guide
   * wants to see the app stop, the student stops it right after a request.
   */
  async check(step: Pick<Step, "conditions">, maxPatienceMillis = Infinity): Promise<Outcome[]> {
    let stopping: Promise<void> | undefined;
    const outcomes = await checkStep(step, this.#context, {
      maxPatienceMillis,
      onProgress: (outcomes) => {
        if (outcomes.every(({ reason }) => reason !== "still-running")) return;
        stopping ??= this.request("/").then(() => this.end());
      },
    });
    await stopping;
    return outcomes;
  }

  /** Sends a GET request to the app. */
  async request(path: string, headers: Record<string, string> = {}): Promise<void> {
    await (await fetch(this.#context.appUrl + path, { headers })).text();
  }

  /** Replaces a file of the learner's with one from the course's solution, perhaps with a change. */
  async solve(name: string, change?: [from: string, to: string]): Promise<void> {
    const from = new URL(`steps/solution/${name}`, WORKSHOP);
    const file = `${this.#folder}/${name}`;
    await copyFileMoved(from, file, this.#port);
    if (!change) return;
    await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace(...change));
  }

  /**
   * Starts a file of the folder, plain or instrumented from outside. It runs until the next step begins.
   * Batches leave soon, so that tests are short.
   */
  async start(file: string, { isAuto = false, batchMillis = 200 } = {}): Promise<void> {
    await this.#stop();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: this.#backends.otlpHttpUrl,
      OTEL_BSP_SCHEDULE_DELAY: String(batchMillis),
    };
    const permissions = ["net", "env", "read", "sys"].map((name) => `--allow-${name}`);
    const args = ["run", "--cached-only", ...permissions, `${this.#folder}/${file}`];
    this.#app = isAuto
      ? spawn(["auto", "--", Deno.execPath(), ...args], {
        env: {
          ...env,
          OTEL_SERVICE_NAME: AUTO_SERVICE,
          OTEL_METRIC_EXPORT_INTERVAL: "1000",
          OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "user-agent",
        },
        launch: sourcesThatRun(),
      })
      : spawn([], { env, launch: { command: Deno.execPath(), args } });
    await this.#answer();
  }

  /** Stops the app as Ctrl-C does, so that it flushes its telemetry. */
  async end(): Promise<void> {
    await this.#app?.stop("SIGINT");
    this.#app = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }

  /** Shows the guide a response, as `guide saw` does. */
  async see(path: string): Promise<void> {
    const response = await fetch(this.#context.appUrl + path);
    const seen = { at: Date.now(), status: response.status, body: await response.text() };
    this.#context = { ...this.#context, seen: [...this.#context.seen, seen] };
  }

  #contextNow(): CheckContext {
    return {
      hasFolder: true,
      own: countOwnTraffic(),
      seen: [],
      backends: this.#backends,
      appUrl: `http://127.0.0.1:${this.#port}`,
      folder: this.#folder,
      startedAt: Date.now(),
      readings: {},
      answers: {},
      memory: new Map(),
    };
  }

  /** Not every app reports that it listens. */
  async #answer(): Promise<void> {
    const patience = { id: "up", says: "It is up", fails: {}, withinMillis: 20_000 };
    const check = { kind: "http", path: "/", status: 200 } as const;
    await this.check({ conditions: [{ ...patience, check }] });
  }

  async #stop(): Promise<void> {
    await this.#app?.stop();
    this.#app = undefined;
  }
}
