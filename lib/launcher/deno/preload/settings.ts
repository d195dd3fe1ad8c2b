import type { HttpInstrumentationOptions } from "../../../instrumentation/http_options.ts";
import { reviveNamePatterns } from "./name_pattern.ts";
import type { SamplerSettings } from "./sampling.ts";

/**
 * Settings that the launcher passes to the preload. They come with the code, because the program may lack the
 * permission to read its environment.
 */
export interface PreloadSettings {
  /** Options of the enrichment. Patterns for headers are names with `.*`, or a `NamePattern`. */
  http: Pick<
    HttpInstrumentationOptions,
    | "captureRequestHeaders"
    | "captureResponseHeaders"
    | "sanitizeHeaders"
    | "knownMethods"
    | "trustProxy"
  >;
  /**
   * Libraries that the program seems to import, as import specifiers; they are patched before it starts.
   */
  specifiers: readonly string[];
  /** Whether to patch other modules when they are loaded, if this Deno reports them. */
  watchesModules?: boolean;
  /** The sampler, if this Deno has none of its own. */
  sampler?: SamplerSettings;
  /** The address of the first server, if it overrides the program's. */
  listen?: { hostname: string; port: number };
}

/**
 * Characters that cannot be in a URL, or in a word of NODE_OPTIONS. Base64 would escape all, but starting a
 * program takes longer the longer the URL is.
 */
const SPECIAL = /[^!$&(->@-[\]-~]/gu;

/** The URL of the preload, with its settings after `#`. */
export function preloadUrl(source: string, settings: PreloadSettings): string {
  return `data:text/javascript;charset=utf-8,${escaped(source)}#${
    escaped(JSON.stringify(settings))
  }`;
}

function escaped(text: string): string {
  return text.replace(SPECIAL, (found) => found === "'" ? "%27" : encodeURIComponent(found));
}

/** The settings in the URL of the preload. */
export function settingsIn(url: string): PreloadSettings {
  const json = decodeURIComponent(url.slice(url.lastIndexOf("#") + 1));
  return JSON.parse(json, reviveNamePatterns);
}
