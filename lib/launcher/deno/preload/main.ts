/**
 * What the launcher loads in front of a program on Deno: it enriches the spans that Deno makes by
 * itself, with the permissions that the program has, and says nothing. `scripts/bundle_preload.ts` makes
 * one text of it, which is a part of its address.
 */
import { DEFAULT_KNOWN_METHODS } from "../../../instrumentation/methods.ts";
import { flushBeforeSignals } from "./ending.ts";
import { patchModules } from "./loading.ts";
import { mendOwnSpans } from "./own_spans.ts";
import { createPatches } from "./patches.ts";
import { enrichServers } from "./serving.ts";
import { settingsIn } from "./settings.ts";

try {
  const settings = settingsIn(import.meta.url);
  flushBeforeSignals();
  mendOwnSpans(settings.http.knownMethods ?? DEFAULT_KNOWN_METHODS);
  enrichServers(settings);
  await patchModules(createPatches(settings), settings);
} catch {
  // The program runs on as it would without.
}
