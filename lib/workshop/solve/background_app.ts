import { findPortHolder, nameHolder } from "../../doctor/port_holder.ts";
import { sleep, within } from "../../time.ts";
import { isOpen } from "../conditions/port.ts";

/** How to start a program. */
export interface Launch {
  /** In words. */
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
}

const START_PATIENCE_MS = 20_000;
const END_PATIENCE_MS = 8000;
const POLL_MS = 100;

/** An app that runs only while a solution is applied. */
export class BackgroundApp implements AsyncDisposable {
  #child: Deno.ChildProcess | undefined;

  /**
   * Starts an app instead of the running one, and waits until something listens on its port, or the
   * signal aborts.
   *
   * @throws {Error} If the app ends before that, or another program has the port.
   */
  async start(launch: Launch, port: number, signal: AbortSignal): Promise<void> {
    await this.stop();
    if (await isOpen(port)) {
      const holder = nameHolder(await findPortHolder(port));
      throw new Error(`Cannot start the app: port ${port} is in use by ${holder}. Stop it`);
    }
    const child = spawn(launch);
    this.#child = child;
    const said = new Response(child.stderr).text().catch(() => "");
    let isOver = false;
    child.status.then(() => isOver = true);
    const deadline = Date.now() + START_PATIENCE_MS;
    while (!await isOpen(port) && !signal.aborted) {
      if (isOver) {
        const last = (await said).trimEnd().split("\n").at(-1);
        throw new Error(`Cannot start ${launch.name}: ${last || "it exited immediately"}`);
      }
      if (Date.now() > deadline) {
        throw new Error(
          `Cannot start ${launch.name}: nothing is listening on port ${port} after 20 s. If ` +
            "it listens elsewhere, set its address with --app-url",
        );
      }
      await sleep(POLL_MS, signal);
    }
  }

  /** Stops the app as Ctrl-C would, so that it flushes its queue; kills it if that takes too long. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    send(child, Deno.build.os === "windows" ? "SIGTERM" : "SIGINT");
    if (!await within(END_PATIENCE_MS, child.status)) send(child, "SIGKILL");
    await child.status;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

function spawn({ name, command, args, cwd, env = {} }: Launch): Deno.ChildProcess {
  try {
    return new Deno.Command(command, {
      args,
      env,
      ...cwd !== undefined && { cwd },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot start ${name}: ${command} is not installed, or not on the PATH`, {
      cause: error,
    });
  }
}

/** Sends a signal, unless the process has ended meanwhile. */
function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}
