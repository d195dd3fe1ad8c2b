import type { Finding, Status } from "../../doctor/finding.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";
import type { Help } from "../flags/help.ts";
import { ineffectiveSettings } from "../app/ineffective.ts";
import { paint, type Style } from "../terminal/style.ts";
import {
  givenTelemetryFlags,
  readTelemetrySettings,
  SETTINGS_FLAGS,
  VARIABLE_FLAGS,
} from "../flags/telemetry_flags.ts";
import { paragraph } from "../terminal/text.ts";

/** When to print that a check is still running. */
const PROGRESS_AFTER_MS = 1000;

const STATUS_WIDTH = 9;

const STYLES: Record<Status, Style> = {
  ok: "green",
  warning: "yellow",
  failed: "red",
  skipped: "grey",
};

const OWN_FLAGS = {
  offline: { help: "Use no network: look up no names and send nothing" },
  json: { help: "Print the results as JSON" },
} as const satisfies FlagTable;

/** The flags of `serve` and `auto` that act on settings make no sense here; the settings are the same. */
const FLAGS = { ...OWN_FLAGS, env: SETTINGS_FLAGS.env, ...VARIABLE_FLAGS };

/** `otel-kit doctor`: will my telemetry arrive? */
export const doctor = defineCommand({
  name: "doctor",
  flags: FLAGS,
  help,
  async run({ flags }, context) {
    const findings = await examine(flags, context);
    const { isHealthy } = await import("../../doctor/doctor.ts");
    const ok = isHealthy(findings);
    if (flags.json) {
      context.output.data(JSON.stringify({ ok, findings }, null, 2));
    } else {
      for (const line of report(findings)) context.output.data(line);
    }
    return ok ? 0 : 1;
  },
});

async function examine(
  flags: FlagValues<typeof FLAGS>,
  { output }: CommandContext,
): Promise<Finding[]> {
  const variables = givenTelemetryFlags(flags);
  const reading = readTelemetrySettings(variables, { strict: false });
  const { diagnose } = await import("../../doctor/doctor.ts");
  const timer = setTimeout(() => output.status("Asking the endpoints..."), PROGRESS_AFTER_MS);
  try {
    return await diagnose({
      env: Deno.env.toObject(),
      flags: variables,
      reading,
      offline: flags.offline,
      ineffective: ineffectiveSettings("auto", reading),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The findings by check, and the conclusion. */
function report(findings: readonly Finding[]): string[] {
  const lines: string[] = [];
  let heading = "";
  for (const { check, status, message, remedy } of findings) {
    if (check !== heading) lines.push(...heading === "" ? [] : [""], check);
    heading = check;
    const indent = STATUS_WIDTH + 2;
    const [first = "", ...more] = [...message.split("\n"), ...remedy ? [`-> ${remedy}`] : []];
    lines.push(
      `  ${paint(STYLES[status], status.padEnd(STATUS_WIDTH))} ${paragraph(first, indent + 1)}`,
    );
    for (const line of more) lines.push(`${" ".repeat(indent + 1)}${paragraph(line, indent + 1)}`);
  }
  const count = (wanted: Status) => findings.filter(({ status }) => status === wanted).length;
  const counts = (["failed", "warning", "skipped", "ok"] as const)
    .flatMap((status) => count(status) > 0 ? [`${count(status)} ${status}`] : []);
  return [...lines, "", `In all: ${counts.join(", ")}`];
}

function help(): Help {
  return {
    usage: "[flags]",
    about: "Checks whether telemetry will arrive with the settings from flags and the " +
      "environment. Exits with 0 if nothing failed, and with 1 otherwise.",
    flags: { Flags: OWN_FLAGS },
    more: ["It also takes all telemetry flags of `otel-kit auto`."],
  };
}
