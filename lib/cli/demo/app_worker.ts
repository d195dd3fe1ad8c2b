/// <reference lib="deno.worker" />
import { type ModeName, MODES } from "../../../apps/mod.ts";
import { messageOf } from "../../error_message.ts";
import { type AppServer, startAppServer } from "../app/app_server.ts";
import { within } from "../../time.ts";
import { StartError } from "../errors.ts";
import { type RunningApp, startApp } from "../app/start_app.ts";
import { redirectConsole } from "./redirect_console.ts";
import { findTelemetry } from "../app/telemetry_source.ts";
import { readTelemetrySettings } from "../flags/telemetry_flags.ts";
import type { AppRequest, AppResponse } from "./app_messages.ts";

// OpenTelemetry's API is global: each app runs in its own worker, and so has its own API.
let running: { app: RunningApp; server: AppServer } | undefined;

self.onmessage = async ({ data }: MessageEvent<AppRequest>) => {
  if (data.kind === "stop") {
    await stop(data.timeoutMillis);
    post({ kind: "stopped" });
    return;
  }
  try {
    post(await start(data));
  } catch (error) {
    post({ kind: "failed", message: messageOf(error) });
  }
};

async function start(
  { mode, hostname, port }: AppRequest & { kind: "start" },
): Promise<AppResponse> {
  const settings = readTelemetrySettings({}, { strict: false });
  const plan = isInstrumented(mode) ? (await findTelemetry(mode, settings, {})).plan : undefined;
  redirectConsole((line) => post({ kind: "report", line: `${mode} wrote: ${line}` }));
  const app = await startApp(mode, plan, (line) => post({ kind: "report", line }));
  const server = listen(app, hostname, port);
  running = { app, server };
  return {
    kind: "listening",
    port: server.address.port,
    batchDelayMs: plan && settings.settings.OTEL_BSP_SCHEDULE_DELAY,
  };
}

function listen({ app }: RunningApp, hostname: string, port: number): AppServer {
  try {
    return startAppServer(app.fetch, { hostname, port });
  } catch (error) {
    const isTaken = error instanceof StartError && error.cause instanceof Deno.errors.AddrInUse;
    if (!isTaken) throw error;
    return startAppServer(app.fetch, { hostname, port: 0 });
  }
}

async function stop(timeoutMillis: number): Promise<void> {
  if (!running) return;
  const { app, server } = running;
  const deadline = Date.now() + timeoutMillis;
  await server.shutdown(timeoutMillis / 2);
  // The page and the commands report what did not arrive.
  await within(deadline - Date.now(), app.shutdown().catch(() => {}));
}

function isInstrumented(mode: ModeName): boolean {
  return MODES[mode].serviceName !== undefined;
}

function post(message: AppResponse): void {
  self.postMessage(message);
}
