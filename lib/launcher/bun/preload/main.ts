/**
 * What the launcher loads in front of a program on Bun, which has no telemetry of its own: the kit's SDK
 * for traces, which sends to the launcher, and what makes spans of requests. It says nothing.
 * `scripts/bundle_preload.ts` makes one text of it, which is a part of its address.
 */
import { instrumentFetch } from "../../../instrumentation/fetch.ts";
import { flushAtEnd } from "./ending.ts";
import { enrichHono } from "./hono.ts";
import { startTraces } from "./sdk.ts";
import { instrumentServe } from "./serve.ts";
import { takeSettings } from "./settings.ts";

try {
  const settings = takeSettings();
  const flush = startTraces(settings);
  flushAtEnd(flush);
  instrumentFetch();
  instrumentServe(settings.http);
  await enrichHono(settings);
} catch {
  // The program runs on as it would without.
}
