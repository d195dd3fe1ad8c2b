import { planFromSettings } from "../../telemetry/plan.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import type { HeaderPattern } from "../../instrumentation/headers.ts";
import type { HttpSettings } from "../../instrumentation/http_settings.ts";
import type { Runtime } from "../prepared_program.ts";
import { parseNamePattern } from "./parse_name_pattern.ts";
import type { SpanLimits } from "./preload/limits.ts";
import type { SamplerSettings } from "./preload/sampling.ts";

/** A name that may contain `.*`, which the instrumentation reads itself. */
const NAME = /^(?:[a-z0-9_-]|\.\*)+$/i;

/**
 * The settings for requests, as the preload needs them. A pattern for headers that {@linkcode parseNamePattern}
 * can't read captures nothing, and in the list of headers to sanitize it matches every header.
 */
export function preloadSettings(
  reading: SettingsReading,
  runtime: Runtime = "deno",
): { http: HttpSettings; warnings: string[] } {
  const {
    captureRequestHeaders,
    captureResponseHeaders,
    sanitizeHeaders,
    knownMethods,
    trustProxy,
  } = planFromSettings(reading).http;
  const warnings: string[] = [];
  function names(patterns: readonly string[], unreadable: readonly string[]): HeaderPattern[] {
    return patterns.flatMap((pattern): readonly HeaderPattern[] => {
      const known = NAME.test(pattern) ? pattern : parseNamePattern(pattern);
      if (known !== undefined) return [known];
      const instead = unreadable.length > 0 ? "no value of any header is recorded" : "left out";
      warnings.push(
        `Cannot look for headers like "${pattern}" on ${runtime}: expected a name, or a regular ` +
          `expression with only . [] () | * + ?; ${instead}`,
      );
      return unreadable;
    });
  }
  return {
    http: {
      ...captureRequestHeaders && { captureRequestHeaders: names(captureRequestHeaders, []) },
      ...captureResponseHeaders && { captureResponseHeaders: names(captureResponseHeaders, []) },
      ...sanitizeHeaders && { sanitizeHeaders: names(sanitizeHeaders, [".*"]) },
      ...knownMethods && { knownMethods },
      ...trustProxy && { trustProxy },
    },
    warnings,
  };
}

/** The sampler of a reading, as the preload needs it. */
export function samplerOf(
  { settings: { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio } }: SettingsReading,
): SamplerSettings {
  return {
    followsParent: name.startsWith("parentbased_"),
    ratio: name.endsWith("always_on") ? 1 : name.endsWith("always_off") ? 0 : ratio,
  };
}

/** The limits of spans that the user has set, as the preload needs them. */
export function limitsOf({ settings, origins }: SettingsReading): SpanLimits {
  const attributes = ([
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_ATTRIBUTE_COUNT_LIMIT",
  ] as const).find((name) => origins[name] !== "default");
  return {
    ...attributes && { attributes: settings[attributes] },
    ...origins.OTEL_SPAN_EVENT_COUNT_LIMIT !== "default" &&
      { events: settings.OTEL_SPAN_EVENT_COUNT_LIMIT },
  };
}
