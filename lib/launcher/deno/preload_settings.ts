import { planFromSettings } from "../../telemetry/plan.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import type { Runtime } from "../prepared_program.ts";
import type { PreloadSettings } from "./preload/settings.ts";

/** A name, or `.*` in it: what the instrumentation reads by itself. */
const NAME = /^(?:[a-z0-9_-]|\.\*)+$/i;

/**
 * What the settings say of requests, for the preload. It cannot read patterns for headers beyond names
 * with `.*`: such a pattern captures nothing, and among the headers to sanitize it is any header.
 */
export function preloadSettings(
  reading: SettingsReading,
  runtime: Runtime = "deno",
): { http: PreloadSettings["http"]; warnings: string[] } {
  const {
    captureRequestHeaders,
    captureResponseHeaders,
    sanitizeHeaders,
    knownMethods,
    trustProxy,
  } = planFromSettings(reading).http;
  const warnings: string[] = [];
  function names(patterns: readonly string[], unreadable: readonly string[]): string[] {
    return patterns.flatMap((pattern) => {
      if (NAME.test(pattern)) return [pattern];
      const instead = unreadable.length > 0 ? "no value of any header is recorded" : "left out";
      warnings.push(
        `Cannot look for headers like "${pattern}" on ${runtime}: expected a name, in which .* stands ` +
          `for any characters; ${instead}`,
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
