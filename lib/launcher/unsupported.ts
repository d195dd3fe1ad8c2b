import type { Runtime } from "./prepared_program.ts";
import type { SettingsReading } from "../telemetry/read_settings.ts";
import { flagName, type Variable, VARIABLES } from "../telemetry/settings.ts";

/** What a runtime's telemetry does not read, and what it does instead. */
interface Gap {
  variables: RegExp;
  /** Values that it does anyway. */
  except?: (value: unknown) => boolean;
  instead: string;
}

const OUR_OWN: Gap = {
  variables: /^OTEL_INSTRUMENTATION_HTTP_/,
  instead: "it is for the app of this kit",
};

const isEveryTrace = (value: unknown) => value === "always_on" || value === "parentbased_always_on";

/** Deno 2.7's own telemetry; what the relay does for it is not in this list. */
const DENO_GAPS: Gap[] = [
  { variables: /^OTEL_TRACES_SAMPLER$/, except: isEveryTrace, instead: "every trace is recorded" },
  { variables: /^OTEL_TRACES_SAMPLER_ARG$/, instead: "every trace is recorded" },
  {
    variables: /^OTEL_PROPAGATORS$/,
    except: (names) =>
      (names as string[]).every((name) => name === "tracecontext" || name === "baggage"),
    instead: "it knows tracecontext and baggage",
  },
  { variables: /_LIMIT$/, instead: "nothing is limited" },
  { variables: /^OTEL_METRIC_EXPORT_TIMEOUT$/, instead: "an export has no time limit" },
  { variables: /^OTEL_METRICS_EXEMPLAR_FILTER$/, instead: "it keeps no exemplars" },
  {
    variables: /_DEFAULT_HISTOGRAM_AGGREGATION$/,
    except: (value) => value === "explicit_bucket_histogram",
    instead: "histograms have explicit buckets",
  },
  { variables: /^OTEL_EXPORTER_(PROMETHEUS|ZIPKIN)_/, instead: "it has no such exporter" },
  { variables: /^OTEL_LOG_LEVEL$/, instead: "it says nothing of itself" },
  {
    variables: /^OTEL_(ENTITIES|EXPERIMENTAL_RESOURCE_DETECTORS)$/,
    instead: "it does not read it",
  },
  { variables: /_CONFIG_FILE$/, instead: "it reads no configuration file" },
  { variables: /^OTEL_SEMCONV_STABILITY_OPT_IN$/, instead: "it follows the stable conventions" },
  { variables: /^OTEL_PYTHON_/, instead: "it is for programs in Python" },
  OUR_OWN,
];

const NODE_GAPS: Gap[] = [
  { variables: /^OTEL_METRICS_EXEMPLAR_FILTER$/, instead: "it keeps no exemplars" },
  { variables: /_CONFIG_FILE$/, instead: "the register of auto-instrumentations reads no file" },
  {
    variables: /^OTEL_(ENTITIES|EXPERIMENTAL_RESOURCE_DETECTORS)$/,
    instead: "OTEL_NODE_RESOURCE_DETECTORS and OTEL_RESOURCE_ATTRIBUTES are what it reads",
  },
  {
    variables: /^OTEL_PYTHON_/,
    instead: "it is for programs in Python; for Node there is OTEL_NODE_DISABLED_INSTRUMENTATIONS",
  },
  OUR_OWN,
];

const PYTHON_GAPS: Gap[] = [
  { variables: /^OTEL_ENTITIES$/, instead: "OTEL_RESOURCE_ATTRIBUTES is what it reads" },
  { variables: /^OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS$/, instead: "it does not read it" },
];

/** One sentence for each setting that was given and that the runtime's telemetry does not do. */
export function unsupportedSettings(runtime: Runtime, reading: SettingsReading): string[] {
  const gaps = { deno: DENO_GAPS, node: NODE_GAPS, python: PYTHON_GAPS, other: [] }[runtime];
  return VARIABLES.flatMap((variable) => {
    if (reading.origins[variable] === "default") return [];
    const gap = gaps.find(({ variables }) => variables.test(variable));
    if (!gap || gap.except?.(reading.settings[variable])) return [];
    return [`${nameOf(variable, reading)}: no effect on ${runtime}; ${gap.instead}`];
  });
}

function nameOf(variable: Variable, { origins }: SettingsReading): string {
  return origins[variable] === "flag" ? flagName(variable) : variable;
}
