import type { ConfigurationModel } from "@opentelemetry/configuration";
import type { BatchOptions } from "../../../telemetry/batch_queue.ts";
import type { PreloadSettings } from "../../deno/preload/settings.ts";

/** What the launcher tells the preload for Bun. */
export interface BunPreloadSettings extends PreloadSettings {
  /** Where spans go: to the launcher, which sends them on as the user wants. */
  tracesUrl: string;
  /** What describes the program. */
  resource: Record<string, string>;
  /** Sampler and limits of spans, and propagators. */
  configuration: Pick<ConfigurationModel, "tracer_provider" | "attribute_limits" | "propagator">;
  batch: BatchOptions;
}

/** Under this symbol the preload finds its settings: Bun does not tell a module its whole address. */
export const SETTINGS = Symbol.for("otel-kit: settings of the preload");

/** Takes the settings that what loads the preload has left. */
export function takeSettings(): BunPreloadSettings {
  const settings = Reflect.get(globalThis, SETTINGS);
  Reflect.deleteProperty(globalThis, SETTINGS);
  return settings;
}
