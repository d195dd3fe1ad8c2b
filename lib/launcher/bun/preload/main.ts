/**
 * Preloaded into a program on Bun, which has no telemetry of its own: the kit's SDK for traces, which sends to
 * the launcher, and the instrumentation of requests. It prints nothing. `scripts/bundle_preload.ts` bundles it
 * into one text, which becomes part of its URL.
 */
import { instrumentFetch } from "../../../instrumentation/fetch.ts";
import { flushAtEnd } from "./ending.ts";
import { enrichHono } from "./hono.ts";
import { startTraces } from "./sdk.ts";
import { instrumentServe } from "./serve.ts";
import { takeSettings } from "./settings.ts";

try {
  const settings = takeSettings();
  flushAtEnd(startTraces(settings));
  instrumentFetch();
  instrumentServe(settings.http);
  await enrichHono(settings);
} catch {
  // The program keeps running without it.
}
