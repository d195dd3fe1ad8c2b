import type { ModeName } from "../../../apps/mod.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { flagName, settingOf, type Variable } from "../../telemetry/settings.ts";
import { givenVariables } from "../flags/telemetry_flags.ts";

/** The instrumentations of the kit's own app. */
const INSTRUMENTATIONS = ["hono", "fetch", "console", "*"];

/** One sentence for each given setting that has no effect on the kit's own app in a mode. */
export function ineffectiveSettings(mode: ModeName, reading: SettingsReading): string[] {
  const sentences: string[] = [];
  const given = givenVariables(reading);
  const tell = (variables: Variable[], why: string) => {
    if (variables.length === 0) return;
    const names = variables.map((variable) =>
      reading.origins[variable] === "flag" ? flagName(variable) : variable
    );
    sentences.push(`${names.join(", ")}: no effect here; ${why}`);
  };
  tell(
    given.filter((variable) => settingOf(variable).pythonOnly),
    "it is only for programs in Python",
  );
  if (mode === "manual") {
    tell(
      given.filter((variable) => /^OTEL_(PROPAGATORS$|INSTRUMENTATION_HTTP_)/.test(variable)),
      "mode manual writes its spans by hand. Choose --mode middleware or auto",
    );
  }
  if (mode === "auto") sentences.push(...ineffectiveValues(reading));
  else tell(given.filter(isForAutoOnly), `mode ${mode} sends only traces. Choose --mode auto`);
  return sentences;
}

/** The lessons create a tracer provider by hand and nothing else. */
function isForAutoOnly(variable: Variable): boolean {
  const { signal, pythonOnly = false } = settingOf(variable);
  return signal === "metrics" || signal === "logs" || (!pythonOnly && AUTO_ONLY.has(variable));
}

const AUTO_ONLY: ReadonlySet<Variable> = new Set<Variable>([
  "OTEL_CONFIG_FILE",
  "OTEL_EXPERIMENTAL_CONFIG_FILE",
  "OTEL_ENTITIES",
  "OTEL_EXPERIMENTAL_RESOURCE_DETECTORS",
  "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS",
  "OTEL_SEMCONV_STABILITY_OPT_IN",
]);

/** Values that are valid in general, but not for the kit's own app. */
function ineffectiveValues({ settings, origins }: SettingsReading): string[] {
  const sentences: string[] = [];
  if (
    origins.OTEL_METRICS_EXEMPLAR_FILTER !== "default" &&
    settings.OTEL_METRICS_EXEMPLAR_FILTER !== "always_off"
  ) {
    sentences.push(
      "OTEL_METRICS_EXEMPLAR_FILTER: no effect here; the SDK keeps no exemplars of measurements",
    );
  }
  const others = settings.OTEL_PYTHON_DISABLED_INSTRUMENTATIONS
    .filter((name) => !INSTRUMENTATIONS.includes(name));
  if (others.length > 0) {
    sentences.push(
      `OTEL_PYTHON_DISABLED_INSTRUMENTATIONS "${others.join(",")}": no effect here; ` +
        `otel-kit's own app has ${INSTRUMENTATIONS.slice(0, -1).join(", ")}`,
    );
  }
  const conventions = settings.OTEL_SEMCONV_STABILITY_OPT_IN.filter((name) => name !== "http");
  if (conventions.length > 0) {
    sentences.push(
      `OTEL_SEMCONV_STABILITY_OPT_IN "${conventions.join(",")}": no effect here; ` +
        "otel-kit's own app always follows the stable HTTP conventions",
    );
  }
  return sentences;
}
