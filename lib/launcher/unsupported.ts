import type { Runtime } from "./prepared_program.ts";
import type { SettingsReading } from "../telemetry/read_settings.ts";
import { fallenInto, type Gap } from "./gaps.ts";

const NODE_GAPS: Gap[] = [
  { variables: /^OTEL_METRICS_EXEMPLAR_FILTER$/, instead: "it keeps no exemplars" },
  { variables: /_CONFIG_FILE$/, instead: "the register of auto-instrumentations reads no file" },
  {
    variables: /^OTEL_(ENTITIES|EXPERIMENTAL_RESOURCE_DETECTORS)$/,
    instead: "it reads OTEL_NODE_RESOURCE_DETECTORS and OTEL_RESOURCE_ATTRIBUTES instead",
  },
  {
    variables: /^OTEL_PYTHON_/,
    instead: "it is only for programs in Python; for Node, use OTEL_NODE_DISABLED_INSTRUMENTATIONS",
  },
  {
    variables: /^OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS$/,
    instead: "its instrumentation has a fixed list of methods",
  },
];

const PYTHON_GAPS: Gap[] = [
  { variables: /^OTEL_ENTITIES$/, instead: "it reads OTEL_RESOURCE_ATTRIBUTES instead" },
  { variables: /^OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS$/, instead: "it does not read it" },
];

const BUN_GAPS: Gap[] = [
  {
    variables:
      /^OTEL_(METRICS?_|LOGS_|BLRP_|LOGRECORD_|EXPORTER_(PROMETHEUS_|OTLP_(METRICS|LOGS)_))/,
    except: (value) => [value].flat().every((one) => one === "none"),
    instead: "its preloaded SDK creates only traces",
  },
  { variables: /_CONFIG_FILE$/, instead: "it reads no file" },
  { variables: /^OTEL_PYTHON_/, instead: "it is only for programs in Python" },
];

const GAPS: Partial<Record<Runtime, Gap[]>> = {
  node: NODE_GAPS,
  bun: BUN_GAPS,
  python: PYTHON_GAPS,
};

/**
 * One sentence for each given setting that the runtime's telemetry doesn't support. For Deno, that depends on
 * the version: see `deno/plan.ts`.
 */
export function unsupportedSettings(runtime: Runtime, reading: SettingsReading): string[] {
  return fallenInto(GAPS[runtime] ?? [], reading, runtime);
}
