/**
 * Preloaded into a program on Deno: enriches the spans that Deno creates itself, and creates spans
 * for database calls, with the program's permissions. It prints nothing.
 * `scripts/bundle_preload.ts` bundles it into one text, which becomes part of its URL.
 */
import { DEFAULT_KNOWN_METHODS } from "../../../instrumentation/methods.ts";
import { watchKv } from "./databases/kv.ts";
import { flushBeforeSignals } from "./ending.ts";
import { limitSpans } from "./limits.ts";
import { patchModules } from "./loading.ts";
import { mendOwnSpans } from "./own_spans.ts";
import { createPatches } from "./patches.ts";
import { sampleSpans } from "./sampling.ts";
import { enrichServers } from "./serving.ts";
import { type PreloadSettings, settingsIn } from "./settings.ts";
import { watchUrlPatterns } from "./url_patterns.ts";

try {
  const settings = settingsIn<PreloadSettings>(import.meta.url);
  flushBeforeSignals();
  if (settings.sampler) sampleSpans(settings.sampler);
  if (settings.limits) limitSpans(settings.limits);
  mendOwnSpans(settings.http.knownMethods ?? DEFAULT_KNOWN_METHODS);
  enrichServers(settings);
  watchUrlPatterns(settings);
  watchKv();
  await patchModules(createPatches(settings), settings);
} catch {
  // The program keeps running without it.
}
