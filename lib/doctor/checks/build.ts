import { VERSION } from "../../version.ts";
import { type Finding, findingsOf } from "../finding.ts";

const { ok, warning } = findingsOf("build");

/** The version in which Deno's own telemetry takes the place of the OpenTelemetry API. */
const DENO_API_VERSION = "1.999.999";

/** Versions, for a bug report; and whether Deno's own telemetry interferes. */
export function checkBuild(): Finding[] {
  const { os, arch, standalone } = Deno.build;
  const form = standalone ? "compiled executable" : "run from its sources";
  return [
    ok(`otel-kit ${VERSION} on Deno ${Deno.version.deno}, ${os} ${arch}, ${form}`),
    isDenoTelemetryOn()
      ? warning(
        "Deno's own telemetry is on: it replaces the SDK, which then sends nothing",
        standalone ? "Build the executable again without OTEL_DENO set" : "Unset OTEL_DENO",
      )
      : ok(
        standalone
          ? "Deno's own telemetry is off in this executable, whatever OTEL_DENO is"
          : "Deno's own telemetry is off",
      ),
  ];
}

function isDenoTelemetryOn(): boolean {
  const api = Reflect.get(globalThis, Symbol.for("opentelemetry.js.api.1"));
  return (api as { version?: string } | undefined)?.version === DENO_API_VERSION;
}
