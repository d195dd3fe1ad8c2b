import type { HttpInstrumentationOptions } from "../../../instrumentation/http_options.ts";

/**
 * What the launcher tells the preload. It comes with the code, since the program may not be allowed to
 * read its environment.
 */
export interface PreloadSettings {
  /** Options of the enrichment, with patterns for headers that are names, in which `.*` is anything. */
  http: Pick<
    HttpInstrumentationOptions,
    | "captureRequestHeaders"
    | "captureResponseHeaders"
    | "sanitizeHeaders"
    | "knownMethods"
    | "trustProxy"
  >;
  /**
   * What the program seems to import, as import specifiers: it is patched before the program starts.
   */
  specifiers: readonly string[];
  /** Whether to patch whatever else is loaded, too, on a Deno that tells of it. */
  watchesModules?: boolean;
  /** Where the first server listens, if not where the program says. */
  listen?: { hostname: string; port: number };
}

/** The address of the preload, with its settings behind `#`. */
export function preloadUrl(source: string, settings: PreloadSettings): string {
  const bytes = new TextEncoder().encode(source).toBase64();
  return `data:text/javascript;base64,${bytes}#${encodeURIComponent(JSON.stringify(settings))}`;
}

/** The settings in the address of the preload. */
export function settingsIn(url: string): PreloadSettings {
  return JSON.parse(decodeURIComponent(url.slice(url.indexOf("#") + 1)));
}
