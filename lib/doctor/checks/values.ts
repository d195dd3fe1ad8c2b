import { otlpNotes } from "../../telemetry/configuration/otlp_exporter.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";
import { findRoutes } from "../routes.ts";

const { ok, warning, failed, skipped } = findingsOf("values");

/** Values that are invalid or contradict each other. */
export function checkValues(input: DoctorInput): Finding[] {
  const { reading, configurationFile } = input;
  if (configurationFile) {
    return [skipped(`The configuration file "${configurationFile.path}" counts instead`)];
  }
  const findings = [
    ...reading.rejections.map((line) => failed(line, remedyFor(line))),
    ...reading.warnings.map((line) => warning(line)),
    ...notes(input),
  ];
  return findings.length > 0 ? findings : [ok("Every value is valid")];
}

function remedyFor(rejection: string): string {
  const [, variable = "the variable"] = /^Ignoring (\w+)/.exec(rejection) ?? [];
  return `Correct ${variable}, or unset it; until then, its default is used`;
}

/** The warnings of `otel-kit auto` about endpoint and protocol, once for signals that share them. */
function notes(input: DoctorInput): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { signal, exporters } of findRoutes(input)) {
    if (!exporters.includes("otlp")) continue;
    for (const note of otlpNotes(input.reading, signal)) {
      const key = note.replaceAll(signal, "");
      const isGuess = /^Sending \w+ over gRPC/.test(note);
      if (!findings.has(key)) findings.set(key, isGuess ? ok(note) : warning(note));
    }
  }
  return [...findings.values()];
}
