import { describeTarget } from "../../telemetry/otlp/target.ts";
import { formatSetting, VARIABLES } from "../../telemetry/settings.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";
import { configurationOf, findRoutes, type Route } from "../routes.ts";

const { ok, warning, skipped } = findingsOf("configuration");

/** The settings and their effect: each value, its source, and where each signal goes. */
export function checkConfiguration(input: DoctorInput): Finding[] {
  const configuration = configurationOf(input);
  if (!configuration) return [skipped("The configuration file cannot be used, see below")];
  const routes = findRoutes(input);
  const isDisabled = configuration.disabled === true;
  return [
    ...input.configurationFile ? [] : describeSettings(input),
    ...isDisabled ? [disabled(input)] : [],
    ...routes.map((route) => ok(`${route.signal}: ${describeRoute(route)}`)),
    ...!isDisabled && routes.every(({ exporters }) => exporters.length === 0)
      ? [warning("Nothing is exported: no signal has an exporter", "Give one an exporter")]
      : [],
  ];
}

function describeSettings({ reading: { settings, origins } }: DoctorInput): Finding[] {
  const given = VARIABLES.filter((variable) => origins[variable] !== "default");
  if (given.length === 0) return [ok("Every setting has its default")];
  return given.map((variable) =>
    ok(`${variable} is "${formatSetting(variable, settings[variable])}" (${origins[variable]})`)
  );
}

function disabled({ configurationFile }: DoctorInput): Finding {
  return configurationFile
    ? warning(
      `Nothing is recorded or sent: "${configurationFile.path}" disables the SDK`,
      "Remove disabled: true from the file",
    )
    : warning(
      'Nothing is recorded or sent: OTEL_SDK_DISABLED is "true"',
      "Unset OTEL_SDK_DISABLED",
    );
}

function describeRoute({ exporters, targets }: Route): string {
  const others = exporters.filter((name) => name !== "otlp");
  const ways = [...targets.map((target) => `otlp (${describeTarget(target)})`), ...others];
  return ways.join(", ") || "not exported";
}
