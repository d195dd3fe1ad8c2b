import type { HttpInstrumentationOptions } from "../../../instrumentation/http_options.ts";
import { type HttpSettings, optionsFromSettings } from "../../../instrumentation/http_settings.ts";
import type { SpanLimits } from "./limits.ts";
import { reviveNamePatterns } from "./name_pattern.ts";
import type { SamplerSettings } from "./sampling.ts";

/** The settings of a preload. */
export interface PreloadSettings {
  /** Options of the enrichment. */
  http: HttpInstrumentationOptions;
  /**
   * Libraries that the program seems to import, as import specifiers; they are patched before it starts.
   */
  specifiers: readonly string[];
  /** Whether to patch other modules when they are loaded, if this Deno reports them. */
  watchesModules?: boolean;
  /** The sampler, if this Deno has none of its own. */
  sampler?: SamplerSettings;
  /** The limits of spans, if this Deno has none of its own. */
  limits?: SpanLimits;
  /** The address of the first server, if it overrides the program's. */
  listen?: { hostname: string; port: number };
}

/**
 * The same as the launcher passes it to the preload. It comes with the code, because the program may lack the
 * permission to read its environment. Patterns for headers are names with `.*`, or a `NamePattern`.
 */
export type Passed<Settings extends PreloadSettings> = Omit<Settings, "http"> & {
  http: HttpSettings;
};

/**
 * Characters that cannot be in a URL, or in a word of NODE_OPTIONS. Base64 would escape all, but starting a
 * program takes longer the longer the URL is.
 */
const SPECIAL = /[^!$&(->@-[\]-~]/gu;

/** The URL of the preload, with its settings after `#`. */
export function preloadUrl(source: string, settings: Passed<PreloadSettings>): string {
  return `data:text/javascript;charset=utf-8,${escaped(source)}#${
    escaped(JSON.stringify(settings))
  }`;
}

/** A text as it can be in a `data:` URL. */
export function escaped(text: string): string {
  return text.replace(SPECIAL, (found) => found === "'" ? "%27" : encodeURIComponent(found));
}

/** The settings in the URL of the preload. */
export function settingsIn<Settings extends PreloadSettings>(url: string): Settings {
  return parseSettings(decodeURIComponent(url.slice(url.lastIndexOf("#") + 1)));
}

/** The settings in a text. */
export function parseSettings<Settings extends PreloadSettings>(json: string): Settings {
  const settings = JSON.parse(json, reviveNamePatterns);
  return { ...settings, http: optionsFromSettings(settings.http) };
}
