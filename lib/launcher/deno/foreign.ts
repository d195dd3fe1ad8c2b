import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { nameOf } from "../foreign.ts";

/**
 * Variables that Deno reads itself. With an unknown value, it does not start (protocol, sampler, temporality),
 * or fails later (a queue of 0).
 */
const READ_BY_DENO =
  /^OTEL_(EXPORTER_OTLP_|TRACES_SAMPLER|RESOURCE_ATTRIBUTES$|(BSP|BLRP|METRIC_EXPORT)_|(SPAN_)?ATTRIBUTE_|SPAN_EVENT_)/;

/** The variables without the values that prevent Deno from running. */
export function withoutForeign(
  env: Readonly<Record<string, string>>,
  { foreign }: SettingsReading,
): Record<string, string> {
  const refused = [...foreign.keys()].filter((variable) => READ_BY_DENO.test(variable));
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !refused.some((one) => one === name)),
  );
}

/** One sentence for each value that Deno's telemetry does not support. */
export function foreignToDeno({ foreign }: SettingsReading, version: string): string[] {
  return [...foreign].map(([variable, value]) =>
    `${nameOf(variable, value)}: no effect on deno ${version}; treated as not set`
  );
}
