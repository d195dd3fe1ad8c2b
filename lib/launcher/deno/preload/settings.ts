import type { HttpInstrumentationOptions } from "../../../instrumentation/http_options.ts";
import { reviveNamePatterns } from "./name_pattern.ts";

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
  /** The address of the first server, if it overrides the program's. */
  listen?: { hostname: string; port: number };
}

/** The URL of the preload, with its settings after `#`. */
export function preloadUrl(source: string, settings: PreloadSettings): string {
  const bytes = new TextEncoder().encode(source).toBase64();
  return `data:text/javascript;base64,${bytes}#${encodeURIComponent(JSON.stringify(settings))}`;
}

/** The settings in the URL of the preload. */
export function settingsIn(url: string): PreloadSettings {
  return JSON.parse(decodeURIComponent(url.slice(url.indexOf("#") + 1)), reviveNamePatterns);
}
