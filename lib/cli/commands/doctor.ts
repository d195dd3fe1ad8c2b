import type { Finding, Status } from "../../doctor/finding.ts";
import type { Command, CommandContext } from "../command.ts";
import { type Flag, type ParsedFlags, parseFlags, refuseArguments } from "../flags/flags.ts";
import { flagEntries, section, wrap } from "../flags/help.ts";
import { ineffectiveSettings } from "../app/ineffective.ts";
import { paint, type Style } from "../terminal/style.ts";
import {
  givenTelemetryFlags,
  readTelemetrySettings,
  TELEMETRY_FLAGS,
} from "../flags/telemetry_flags.ts";

/** When it is time to say that something goes on. */
const PROGRESS_AFTER_MS = 1000;

const STATUS_WIDTH = 9;

const STYLES: Record<Status, Style> = {
  ok: "green",
  warning: "yellow",
  failed: "red",
  skipped: "grey",
};

const OWN_FLAGS: readonly Flag[] = [
  { name: "offline", help: "Look nothing up and send nothing" },
  { name: "json", help: "Print the findings as JSON" },
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/** What `serve` and `auto` do with settings, which makes no sense here. */
const NOT_HERE = ["json", "strict", "dry-run", "print-config"];

/** `otel-kit doctor`: will my telemetry arrive? */
export const doctor: Command = {
  flags: [...OWN_FLAGS, ...TELEMETRY_FLAGS.filter(({ name }) => !NOT_HERE.includes(name))],
  async run(args, context) {
    const parsed = parseFlags(args, doctor.flags);
    if (parsed.values.has("help")) {
      context.output.data(help());
      return 0;
    }
    refuseArguments(parsed, "doctor");
    const findings = await examine(parsed, context);
    const { isHealthy } = await import("../../doctor/doctor.ts");
    const ok = isHealthy(findings);
    if (parsed.values.has("json")) {
      context.output.data(JSON.stringify({ ok, findings }, null, 2));
    } else {
      for (const line of report(findings)) context.output.data(line);
    }
    return ok ? 0 : 1;
  },
};

async function examine(parsed: ParsedFlags, { output }: CommandContext): Promise<Finding[]> {
  const flags = givenTelemetryFlags(parsed);
  const reading = readTelemetrySettings(flags, { strict: false });
  const { diagnose } = await import("../../doctor/doctor.ts");
  const timer = setTimeout(() => output.status("Asking the endpoints..."), PROGRESS_AFTER_MS);
  try {
    return await diagnose({
      env: Deno.env.toObject(),
      flags,
      reading,
      offline: parsed.values.has("offline"),
      ineffective: ineffectiveSettings("auto", reading),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The findings under the names of their checks, and what they come to. */
function report(findings: readonly Finding[]): string[] {
  const lines: string[] = [];
  let heading = "";
  for (const { check, status, message, remedy } of findings) {
    if (check !== heading) lines.push(...heading === "" ? [] : [""], check);
    heading = check;
    const indent = STATUS_WIDTH + 2;
    const [first = "", ...more] = [...message.split("\n"), ...remedy ? [`-> ${remedy}`] : []];
    lines.push(
      `  ${paint(STYLES[status], status.padEnd(STATUS_WIDTH))} ${wrap(first, indent + 1)}`,
    );
    for (const line of more) lines.push(`${" ".repeat(indent + 1)}${wrap(line, indent + 1)}`);
  }
  const count = (wanted: Status) => findings.filter(({ status }) => status === wanted).length;
  const counts = (["failed", "warning", "skipped", "ok"] as const)
    .flatMap((status) => count(status) > 0 ? [`${count(status)} ${status}`] : []);
  return [...lines, "", `In all: ${counts.join(", ")}`];
}

function help(): string {
  return [
    "Usage: otel-kit doctor [flags]",
    "Checks whether telemetry with the settings of flags and environment will arrive.\n" +
    "Exit code 0 if nothing failed, else 1.",
    section("Flags", flagEntries(OWN_FLAGS)),
    "All telemetry flags of `otel-kit auto` can be given too.",
  ].join("\n\n");
}
