import { type ModeName, MODES } from "../../apps/mod.ts";
import type { TelemetryPlan } from "../telemetry/plan.ts";
import { type AppServer, startAppServer } from "./app_server.ts";
import type { CommandContext } from "./command.ts";
import { aborted, within } from "./deadline.ts";
import { describeExporters, describeService } from "./describe.ts";
import { startApp } from "./start_app.ts";

/** For requests in flight and for what waits to be sent, together. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** Of these, for the requests. */
const DRAIN_TIMEOUT_MS = 2500;

/** Options of {@linkcode runApp}. */
export interface RunAppOptions {
  hostname: string;
  /** 0 is any free port. */
  port: number;
  /** What telemetry is to be; undefined for base, which has none. */
  plan: TelemetryPlan | undefined;
}

/**
 * Serves the app of a mode until the context says stop, then ends in order: no new requests, those
 * in flight are answered, what waits is sent, and it is told what was sent and what was lost.
 *
 * @throws {StartError} If the address cannot be listened on.
 */
export async function runApp(
  mode: ModeName,
  { hostname, port, plan }: RunAppOptions,
  { stop, output }: CommandContext,
): Promise<number> {
  const running = await startApp(mode, plan, output.status);
  let server: AppServer;
  try {
    server = startAppServer(running.app.fetch, { hostname, port });
  } catch (error) {
    await running.shutdown();
    throw error;
  }
  for (const line of banner(mode, server.address, plan)) output.status(line);

  await aborted(stop);
  output.status("Stopping");
  const deadline = Date.now() + SHUTDOWN_TIMEOUT_MS;
  await server.shutdown(DRAIN_TIMEOUT_MS);
  await within(deadline - Date.now(), running.shutdown());
  for (const delivery of running.deliveries) {
    if (delivery.created > 0) output.status(delivery.summary());
  }
  return 0;
}

/** Mode, service and where each signal goes, a line each. */
export function describeListening(mode: ModeName, plan: TelemetryPlan | undefined): string[] {
  const lines = [`  mode          ${mode}: ${MODES[mode].summary}`];
  if (!plan) return lines;
  const { configuration } = plan;
  lines.push(
    `  service.name  ${describeService(configuration)}`,
    `  spans go to   ${describeExporters(configuration, "traces")}`,
  );
  if (mode === "auto") {
    lines.push(
      `  metrics       ${describeExporters(configuration, "metrics")}`,
      `  logs          ${describeExporters(configuration, "logs")}`,
    );
  }
  return lines;
}

function banner(
  mode: ModeName,
  { hostname, port }: Deno.NetAddr,
  plan: TelemetryPlan | undefined,
): string[] {
  const host = ["0.0.0.0", "::"].includes(hostname)
    ? "localhost"
    : hostname.includes(":")
    ? `[${hostname}]`
    : hostname;
  const url = `http://${host}:${port}/`;
  return [
    `Listening on ${url}`,
    ...describeListening(mode, plan),
    `  try           curl -i ${url}`,
    `  stop          Ctrl-C`,
  ];
}
