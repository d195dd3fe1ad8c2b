import type { BunPlan } from "../../launcher/bun/plan.ts";
import type { Enrichment } from "../../launcher/deno/enrichment.ts";
import type { DenoPlan, RelayUse } from "../../launcher/deno/plan.ts";
import { findCommand } from "../../launcher/find_command.ts";
import { passedOn } from "../../launcher/foreign.ts";
import type { PreparedProgram, Runtime } from "../../launcher/prepared_program.ts";
import type { RelayOptions } from "../../launcher/relay.ts";
import { prepareProgram } from "../../launcher/runtime.ts";
import { JAVA_AGENT_PATH } from "../../launcher/runtimes/java.ts";
import { type Program, runCommand } from "../../launcher/run_command.ts";
import { unsupportedSettings } from "../../launcher/unsupported.ts";
import { shellWord } from "../../shell_words.ts";
import { otlpExporterFromSettings } from "../../telemetry/configuration/otlp_exporter.ts";
import type { Environment, SettingsReading } from "../../telemetry/read_settings.ts";
import { SIGNALS } from "../../otlp/signal.ts";
import { aborted } from "../../time.ts";
import { prepareClosingReport } from "./closing_report.ts";
import type { CommandContext } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { Output } from "../output.ts";
import type { FlagValues, ParsedFlags } from "../flags/flags.ts";
import { type AUTO_OWN_FLAGS, type MODE_FLAGS, RELAY_USE } from "../flags/mode_flags.ts";
import { printConfig } from "../flags/print_config.ts";
import {
  givenTelemetryFlags,
  readTelemetrySettings,
  resultingVariables,
  unreadableFiles,
} from "../flags/telemetry_flags.ts";
import { notesOf } from "./telemetry_source.ts";

/**
 * `otel-kit auto -- COMMAND`: runs a program with the settings in its environment and its runtime's telemetry
 * turned on, and returns its exit code.
 */
export async function launch(
  { flags, rest: [command = "", ...args] }: ParsedFlags<typeof MODE_FLAGS.auto>,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const variables = givenTelemetryFlags(flags);
  const reading = readTelemetrySettings(variables, { strict: flags.strict, areForOthers: true });
  const agent = flags["java-agent"];
  const env = {
    ...childVariables(reading, variables),
    ...agent !== undefined && { [JAVA_AGENT_PATH]: agent },
  };
  const prepared = await prepare(
    { command, args, env, ...flags["sigterm-as-sigint"] && { sigtermAs: "SIGINT" } },
    flags,
    output,
  );
  const program = await enriched(prepared, reading);
  const found = findCommand(program.command, program.env);
  const use = readRelayUse(flags);
  const deno = found.path === undefined ? undefined : await prepareDeno(program, reading, use);
  const plan = deno?.plan;
  const bun = program.isOnBun
    ? await (await import("../../launcher/bun/plan.ts")).planBun(program, reading)
    : undefined;
  const libraries = deno?.enrichment.libraries ?? [];
  const warnings = [
    ...reading.rejections,
    ...reading.warnings,
    ...ineffectiveFlags(flags, program.runtime),
    ...program.warnings,
    ...unsupportedSettings(program.runtime, reading),
    ...plan?.warnings ?? [],
    ...bun?.warnings ?? [],
  ];
  for (const warning of warnings) output.status(`Warning: ${warning}`);
  if (flags["print-config"]) {
    if (plan) output.status(describeRelay(plan));
    printConfig(reading, output, { json: flags.json });
    return 0;
  }
  const notes = [...passedOn(reading, plan?.env ?? program.env), ...notesOf(reading)];
  for (const note of notes) output.status(note);
  if (flags["dry-run"]) {
    if (found.path === undefined) {
      output.status(`Cannot run "${program.command}": ${found.reason}`);
      return found.exitCode;
    }
    for (const problem of unreadableFiles(reading, ["environment"])) {
      output.status(`Warning: Cannot use ${problem}`);
    }
    output.status(program.did.replace(/^Running/, "Would run"));
    if (libraries.length > 0) output.status(`Would instrument ${libraries.join(", ")}`);
    if (plan) output.status(describeRelay(plan));
    const words = [program.command, ...program.args].map((word) => shellWord(word));
    output.status(`  command line  ${words.join(" ")}`);
    output.status("Nothing was started: --dry-run");
    return 0;
  }
  if (found.path !== undefined) output.status(program.did);
  if (libraries.length > 0) output.status(`Instrumenting ${libraries.join(", ")}`);
  if (bun) return await runBun(bun, context);
  return deno ? await runDeno(program, deno, context) : await run(program, context);
}

/** When to use a relay, as requested by the user. */
function readRelayUse({ relay = "auto" }: { relay?: string | undefined }): RelayUse {
  const use = RELAY_USE.parse(relay);
  if (use !== undefined) return use;
  throw new UsageError(`Cannot use --relay "${relay}": expected ${RELAY_USE.expected}`);
}

function describeRelay({ relay }: DenoPlan): string {
  return relay ? `Would relay its telemetry: ${relay.why}` : "Would not relay its telemetry";
}

/** Prepares a program; if requested, installs what is missing first. */
async function prepare(
  program: Program,
  flags: FlagValues<typeof MODE_FLAGS.auto>,
  output: Output,
): Promise<PreparedProgram> {
  const prepared = prepareProgram(program);
  if (!flags.install || prepared.lacks === undefined) return prepared;
  if (flags["dry-run"] || flags["print-config"]) {
    output.status(`Would install what instruments a program on ${prepared.lacks}`);
    return prepared;
  }
  const { install, InstallError } = await import("../../launcher/install/install.ts");
  try {
    await install(prepared.lacks, program.env, output.status);
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    output.status(error.message);
  }
  return prepareProgram(program);
}

/** Flags that only affect the kit's own app, or other kinds of programs. */
function ineffectiveFlags(
  flags: FlagValues<typeof AUTO_OWN_FLAGS>,
  runtime: Runtime,
): string[] {
  const given = (["host", "port"] as const).filter((name) => flags[name] !== undefined)
    .map((name) => `--${name}`);
  return [
    ...given.length > 0
      ? [`${given.join(", ")}: no effect on a command; put the command's own flags after its name`]
      : [],
    ...flags["java-agent"] !== undefined && runtime !== "java"
      ? ["--java-agent: no effect; the program is not started by java"]
      : [],
    ...flags.relay !== undefined && runtime !== "deno"
      ? ["--relay: no effect; it is only for Deno programs"]
      : [],
  ];
}

function run(program: Program, { output, signals }: CommandContext): Promise<number> {
  return runCommand(program, { signals, report: output.status });
}

/** For Node, enriches the spans of the program; returns other programs unchanged. */
async function enriched(
  program: PreparedProgram,
  reading: SettingsReading,
): Promise<PreparedProgram> {
  if (program.nodeRegister === undefined) return program;
  const { enrichNode } = await import("../../launcher/node/enrichment.ts");
  return await enrichNode(program, program.nodeRegister, reading);
}

/** How the telemetry of a Deno program is handled. */
interface DenoTelemetry {
  plan: DenoPlan;
  enrichment: Enrichment;
}

/** Decides how to handle the telemetry of a Deno program, which depends on its version. */
async function prepareDeno(
  program: PreparedProgram,
  reading: SettingsReading,
  use: RelayUse,
): Promise<DenoTelemetry | undefined> {
  const { deno, env } = program;
  if (deno === undefined) return undefined;
  const [{ planDeno }, { askDenoVersion, OLDEST_DENO }, { enrichmentOf }] = await Promise.all([
    import("../../launcher/deno/plan.ts"),
    import("../../launcher/deno/version.ts"),
    import("../../launcher/deno/enrichment.ts"),
  ]);
  const asked = await askDenoVersion(deno, env);
  const version = asked.version ?? OLDEST_DENO;
  const enrichment = await enrichmentOf(program, { deno, version, reading });
  const plan = planDeno(env, reading, {
    version,
    relay: use,
    isPreloaded: enrichment.isPreloaded,
  });
  const unknown = asked.version === undefined
    ? [
      `Cannot tell the version of Deno in "${deno}", since ${asked.reason}: treating it as ` +
      OLDEST_DENO,
    ]
    : [];
  const warnings = [...unknown, ...enrichment.warnings, ...plan.warnings];
  return { plan: { ...plan, warnings }, enrichment };
}

/** Deno's telemetry sends directly if it can, otherwise through a relay of the kit. */
async function runDeno(
  program: PreparedProgram,
  { plan: { env, relay: needed }, enrichment }: DenoTelemetry,
  context: CommandContext,
): Promise<number> {
  async function runEnriched(env: Program["env"]): Promise<number> {
    await using enriched = await enrichment.apply({ ...program, env }, context.output.status);
    return await run(enriched, context);
  }
  if (!needed) return await runEnriched(env);
  const [{ behindRelay }, { denoCorrection }] = await Promise.all([
    import("../../launcher/deno/variables.ts"),
    import("../../launcher/deno/corrections.ts"),
  ]);
  context.output.status(`Relaying its telemetry: ${needed.why}`);
  const options = { routes: needed.routes, correct: denoCorrection(needed.encoded) };
  return await withRelay(options, context, (url) => runEnriched(behindRelay(env, url)));
}

function runBun({ routes, prepare }: BunPlan, context: CommandContext): Promise<number> {
  return withRelay({ routes }, context, (url) => run(prepare(url), context));
}

/** Runs a program while the relay forwards its telemetry, and reports the result. */
async function withRelay(
  options: Pick<RelayOptions, "routes" | "correct">,
  { output, stop }: CommandContext,
  runWith: (url: string) => Promise<number>,
): Promise<number> {
  const { startRelay } = await import("../../launcher/relay.ts");
  const relay = await startRelay({ ...options, report: output.status, print: output.data });
  using report = prepareClosingReport(relay.deliveries, output.status);
  try {
    return await runWith(relay.url);
  } finally {
    // The program has received its signals; the next one is for this process and forces the end.
    await Promise.race([relay.shutdown(), aborted(stop)]);
    report.tell(stop.aborted);
  }
}

/** The environment of the program: the settings in effect, with gRPC written out. */
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
