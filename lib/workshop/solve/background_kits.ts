import type { Action, Step } from "../course/step.ts";
import { BackgroundApp, type Launch } from "./background_app.ts";

type Kit = Extract<Action, { kit: unknown }>["kit"];

/** The programs that a solution runs beside the app, each with a free port. */
export class BackgroundKits implements AsyncDisposable {
  readonly #running = new Map<string, BackgroundApp>();
  readonly #ports = new Map<string, number>();
  readonly #launch: (args: readonly string[], env: Record<string, string>) => Launch;

  /** Reserves the ports of a step, so that each program knows all of them. */
  constructor(
    { solution }: Step,
    launch: (args: readonly string[], env: Record<string, string>) => Launch,
  ) {
    this.#launch = launch;
    for (const action of solution) {
      if (!("kit" in action) || this.#ports.has(action.kit.port)) continue;
      this.#ports.set(action.kit.port, freePort());
    }
  }

  /** A text with ports in place of `${NAME}`. */
  fill(text: string): string {
    return text.replace(
      /\$\{([A-Z_]+)\}/g,
      (written, name) => String(this.#ports.get(name) ?? written),
    );
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
    const env = Object.fromEntries(
      [...this.#ports].map(([name, number]) => [name, String(number)]),
    );
    const launch = this.#launch(args.map((arg) => this.fill(arg)), env);
    await app.start(launch, this.#ports.get(port)!, signal);
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
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}
