import type { Hono } from "hono";
import { type HttpSettings, optionsFromSettings } from "../lib/instrumentation/http_settings.ts";

/** The names of the four ways to instrument the app. */
export type ModeName = "base" | "manual" | "middleware" | "auto";

/** Options of an app; each app uses the ones that apply to it. The SDK is already running. */
export interface AppParts {
  http?: HttpSettings;
  /** Instrumentations to disable. */
  disabledInstrumentations?: readonly string[];
}

/** An app, with the function that removes its instrumentation. */
export interface InstrumentedApp {
  app: Hono;
  shutdown(): Promise<void>;
}

/** One way to run the app. */
export interface Mode {
  /** Other names for it, from the tutorial. */
  aliases: readonly string[];
  /** One line for `--help`. */
  summary: string;
  /** The default of OTEL_SERVICE_NAME; undefined without telemetry. */
  serviceName: string | undefined;
  /** Whether only the app's handlers write spans; otherwise, every request has one. */
  hasSpansFromHandlers?: boolean;
  /** The default of OTEL_TRACES_EXPORTER. */
  exporters: ("otlp" | "console")[];
  /** Loads the app's module and creates the app. */
  create(parts: AppParts): Promise<InstrumentedApp>;
}

/** The modes by name, from no instrumentation to instrumentation with no code changes. */
export const MODES: Record<ModeName, Mode> = {
  base: {
    aliases: [],
    summary: "the app alone, without telemetry",
    serviceName: undefined,
    exporters: [],
    async create() {
      const { createBaseApp } = await import("./base.ts");
      return { app: createBaseApp(), shutdown: () => Promise.resolve() };
    },
  },
  manual: {
    aliases: [],
    summary: "spans written by hand in each route",
    serviceName: "MyHonoAppInProductionManual",
    hasSpansFromHandlers: true,
    exporters: ["console", "otlp"],
    async create() {
      const { createManualApp } = await import("./manual.ts");
      return { app: createManualApp(), shutdown: () => Promise.resolve() };
    },
  },
  middleware: {
    aliases: ["contrib"],
    summary: "a provider and one middleware, httpInstrumentation()",
    serviceName: "MyHonoAppInProductionContrib",
    exporters: ["console", "otlp"],
    async create({ http }) {
      const { createMiddlewareApp } = await import("./middleware.ts");
      const all = { captureRequestHeaders: [".*"], captureResponseHeaders: [".*"] };
      const app = createMiddlewareApp(optionsFromSettings({ ...all, ...http }));
      return { app, shutdown: () => Promise.resolve() };
    },
  },
  auto: {
    aliases: ["nocode"],
    summary: "the base app, unchanged, instrumented from outside",
    serviceName: "MyHonoAppInProductionAuto",
    exporters: ["otlp"],
    async create({ http, disabledInstrumentations }) {
      const { createAutoApp } = await import("./auto.ts");
      const { app, instrumentation } = createAutoApp(
        optionsFromSettings(http ?? {}),
        disabledInstrumentations,
      );
      return {
        app,
        shutdown() {
          instrumentation[Symbol.dispose]();
          return Promise.resolve();
        },
      };
    },
  },
};

/** The names that `--mode` accepts. */
export const MODE_NAMES = Object.keys(MODES) as ModeName[];

/** The mode with a name or alias; undefined if there is none. */
export function findMode(name: string): ModeName | undefined {
  return MODE_NAMES.find((mode) => mode === name || MODES[mode].aliases.includes(name));
}
