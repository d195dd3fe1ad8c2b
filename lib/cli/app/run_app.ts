import { type ModeName, MODES } from "../../../apps/mod.ts";
import type { TelemetryPlan } from "../../telemetry/plan.ts";
import { urlOf } from "./app_server.ts";
import type { CommandContext } from "../command.ts";
import { describeExporters, describeService } from "../flags/describe.ts";
import { serveUntilStop } from "./serve_until_stop.ts";
import { startApp } from "./start_app.ts";

/** Options of {@linkcode runApp}. */
export interface RunAppOptions {
  hostname: string;
  /** 0 means any free port. */
  port: number;
  /** The telemetry configuration; undefined for base, which has none. */
  plan: TelemetryPlan | undefined;
}

/**
 * Serves the app of a mode until the context is aborted; see {@linkcode serveUntilStop}.
 *
 * @throws {StartError} If it cannot listen on the address.
 */
export async function runApp(
  mode: ModeName,
  { hostname, port, plan }: RunAppOptions,
  context: CommandContext,
): Promise<number> {
  const { status } = context.output;
  const { app, ...running } = await startApp(mode, plan, status);
  const onListen = (address: Deno.NetAddr) => banner(mode, address, plan).forEach(status);
  await serveUntilStop({ ...running, fetch: app.fetch }, { hostname, port, onListen }, context);
  return 0;
}

/** Mode, service and the targets of each signal, one line each. */
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
  address: Deno.NetAddr,
  plan: TelemetryPlan | undefined,
): string[] {
  const url = urlOf(address);
  return [
    `Listening on ${url}`,
    ...describeListening(mode, plan),
    `  try           curl -i ${url}`,
    `  stop          Ctrl-C`,
  ];
}
