import type { Action, Step } from "../course/step.ts";
import { BackgroundApp, type Launch } from "./background_app.ts";

type Kit = Extract<Action, { kit: unknown }>["kit"];

/** The programs that a solution runs beside the app, each with a free port. */
export class BackgroundKits implements AsyncDisposable {
  readonly #running = new Map<string, BackgroundApp>();
  readonly #ports: Record<string, string> = {};
  readonly #launch: (args: readonly string[], env: Record<string, string>) => Launch;

  /** Reserves the ports of a step, so that each program knows all of them. */
  constructor(
    { solution }: Step,
    launch: (args: readonly string[], env: Record<string, string>) => Launch,
  ) {
    this.#launch = launch;
    for (const action of solution) {
      if ("kit" in action) this.#ports[action.kit.port] ??= String(freePort());
    }
  }

  /** A text with ports in place of `${NAME}`. */
  fill(text: string): string {
    return text.replace(/\$\{([A-Z_]+)\}/g, (written, name) => this.#ports[name] ?? written);
  }

  /**
   * Starts a program, and waits until it listens.
   *
   * @throws {Error} If it ends before that.
   */
  async start({ args, port }: Kit, signal: AbortSignal): Promise<void> {
    await this.stop(port);
    const app = new BackgroundApp();
    this.#running.set(port, app);
    const launch = this.#launch(args.map((arg) => this.fill(arg)), this.#ports);
    await app.start(launch, Number(this.#ports[port]), signal);
  }

  /** Stops a program, unless it doesn't run. */
  async stop(port: string): Promise<void> {
    await this.#running.get(port)?.stop();
    this.#running.delete(port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const port of [...this.#running.keys()]) await this.stop(port);
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
