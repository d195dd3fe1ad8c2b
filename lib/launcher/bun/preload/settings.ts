import type { ConfigurationModel } from "@opentelemetry/configuration";
import type { BatchOptions } from "../../../telemetry/batch_queue.ts";
import { parseSettings, type PreloadSettings } from "../../deno/preload/settings.ts";

/** Settings that the launcher passes to the preload for Bun. */
export interface BunPreloadSettings extends PreloadSettings {
  /** The endpoint for spans: the launcher, which forwards them as configured. */
  tracesUrl: string;
  /** Resource attributes of the program. */
  resource: Record<string, string>;
  /** Sampler and limits of spans, and propagators. */
  configuration: Pick<ConfigurationModel, "tracer_provider" | "attribute_limits" | "propagator">;
  batch: BatchOptions;
}

/** The global symbol of the settings, as JSON: on Bun, a module can't read its whole URL. */
export const SETTINGS = Symbol.for("otel-kit: settings of the preload");

/** Takes the settings that the loader of the preload stored. */
export function takeSettings(): BunPreloadSettings {
  const settings = Reflect.get(globalThis, SETTINGS);
  Reflect.deleteProperty(globalThis, SETTINGS);
  return parseSettings(settings);
}
