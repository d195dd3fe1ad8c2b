import type { DenoRouting } from "../../launcher/deno_telemetry.ts";
import { findCommand } from "../../launcher/find_command.ts";
import type { PreparedProgram } from "../../launcher/prepared_program.ts";
import { prepareProgram } from "../../launcher/runtime.ts";
import { runCommand } from "../../launcher/run_command.ts";
import { unsupportedSettings } from "../../launcher/unsupported.ts";
import { shellWord } from "../../shell_words.ts";
import { otlpExporterFromSettings } from "../../telemetry/configuration/otlp_exporter.ts";
import type { Environment, SettingsReading } from "../../telemetry/read_settings.ts";
import { SIGNALS } from "../../telemetry/setting.ts";
import { prepareClosingReport } from "../closing_report.ts";
import type { CommandContext } from "../command.ts";
import type { ParsedFlags } from "../flags/flags.ts";
import { printConfig } from "../flags/print_config.ts";
import {
  givenTelemetryFlags,
  readTelemetrySettings,
  resultingVariables,
  unreadableFiles,
} from "../flags/telemetry_flags.ts";
import { notesOf } from "./telemetry_source.ts";

/**
 * `otel-kit auto -- COMMAND`: runs a program with the settings in its environment, with the telemetry
 * of its runtime switched on, and returns its exit code.
 */
export async function launch(parsed: ParsedFlags, context: CommandContext): Promise<number> {
  const { output } = context;
  const flags = givenTelemetryFlags(parsed);
  const reading = readTelemetrySettings(flags, { strict: parsed.values.has("strict") });
  for (const warning of [...reading.rejections, ...reading.warnings]) {
    output.status(`Warning: ${warning}`);
  }
  if (parsed.values.has("print-config")) {
    printConfig(reading, output, { json: parsed.values.has("json") });
    return 0;
  }
  const [command = "", ...args] = parsed.rest;
  const program = prepareProgram({ command, args, env: childVariables(reading, flags) });
  const routing = program.runtime === "deno" && !reading.settings.OTEL_SDK_DISABLED
    ? (await import("../../launcher/deno_telemetry.ts")).routeDenoTelemetry(reading)
    : undefined;
  const warnings = [
    ...ineffectiveAppFlags(parsed),
    ...program.warnings,
    ...unsupportedSettings(program.runtime, reading),
    ...routing?.warnings ?? [],
  ];
  for (const warning of warnings) output.status(`Warning: ${warning}`);
  for (const note of notesOf(reading)) output.status(note);
  const found = findCommand(program.command, program.env);
  if (parsed.values.has("dry-run")) {
    if (found.path === undefined) {
      output.status(`Cannot run "${program.command}": ${found.reason}`);
      return found.exitCode;
    }
    for (const problem of unreadableFiles(reading, ["environment"])) {
      output.status(`Warning: Cannot use ${problem}`);
    }
    output.status(program.did.replace(/^Running/, "Would run"));
    const words = [program.command, ...program.args].map((word) => shellWord(word));
    output.status(`  command line  ${words.join(" ")}`);
    output.status("Nothing was started: --dry-run");
    return 0;
  }
  if (found.path !== undefined) output.status(program.did);
  return routing ? await runDeno(program, routing, context) : await run(program, context);
}

/** Flags that say where our own app listens. */
function ineffectiveAppFlags({ values }: ParsedFlags): string[] {
  const given = ["host", "port"].filter((name) => values.has(name)).map((name) => `--${name}`);
  return given.length > 0
    ? [`${given.join(", ")}: no effect on a command; give it its own flags behind its name`]
    : [];
}

function run(program: PreparedProgram, { output, signals }: CommandContext): Promise<number> {
  return runCommand(program, { signals, report: output.status });
}

/** Deno's telemetry sends by itself where it can, else to a relay of ours. */
async function runDeno(
  program: PreparedProgram,
  { routes, needsRelay }: DenoRouting,
  context: CommandContext,
): Promise<number> {
  const { behindRelay, switchesOf, withoutRelay } = await import(
    "../../launcher/deno_telemetry.ts"
  );
  const { output } = context;
  const env = { ...program.env, ...switchesOf(routes) };
  if (!needsRelay) return await run({ ...program, env: withoutRelay(env, routes) }, context);

  const { startRelay } = await import("../../launcher/relay.ts");
  output.status("Relaying its telemetry, which Deno cannot send that way by itself");
  const relay = await startRelay({ routes, report: output.status, print: output.data });
  using report = prepareClosingReport(relay.deliveries, output.status);
  try {
    return await run({ ...program, env: behindRelay(env, relay.url) }, context);
  } finally {
    await relay.shutdown();
    report.tell();
  }
}

/** What the program finds in its environment: the settings as they result, gRPC spelled out. */
function childVariables(reading: SettingsReading, flags: Environment): Record<string, string> {
  const variables = resultingVariables(reading, flags);
  for (const signal of SIGNALS) {
    const prefix = "OTEL_EXPORTER_OTLP_";
    const own = `${prefix}${signal.toUpperCase()}_`;
    if (variables[`${own}PROTOCOL`] ?? variables[`${prefix}PROTOCOL`]) continue;
    if (!otlpExporterFromSettings(reading, signal).otlp_grpc) continue;
    variables[`${variables[`${own}ENDPOINT`] ? own : prefix}PROTOCOL`] = "grpc";
  }
  return variables;
}
