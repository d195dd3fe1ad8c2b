import type { TextMapPropagator } from "@opentelemetry/api";
import type { SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Hono } from "hono";
import type { HttpInstrumentationOptions } from "../lib/instrumentation/http_instrumentation.ts";

/** The names of the four degrees of instrumentation. */
export type ModeName = "base" | "manual" | "middleware" | "auto";

/** What replaces the defaults of an app; each app takes the parts that it has a use for. */
export interface AppParts {
  spanProcessors?: SpanProcessor[];
  propagator?: TextMapPropagator;
  http?: HttpInstrumentationOptions;
  /** Instrumentations to leave out. */
  disabledInstrumentations?: readonly string[];
}

/** An app, and how to end its telemetry. */
export interface InstrumentedApp {
  app: Hono;
  shutdown(): Promise<void>;
}

/** One way to run the app. */
export interface Mode {
  /** Other names of it: the tutorial's. */
  aliases: readonly string[];
  /** One line for `--help`. */
  summary: string;
  /** The default of OTEL_SERVICE_NAME; undefined where there is no telemetry. */
  serviceName: string | undefined;
  /** The default of OTEL_TRACES_EXPORTER. */
  exporters: ("otlp" | "console")[];
  /** Loads the app's module and creates the app. */
  create(parts: AppParts): Promise<InstrumentedApp>;
}

/** The modes by name, from no instrumentation to instrumentation without code. */
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
    exporters: ["console", "otlp"],
    async create(parts) {
      const { createManualApp } = await import("./manual.ts");
      const { app, provider } = createManualApp(parts);
      return { app, shutdown: () => provider.shutdown() };
    },
  },
  middleware: {
    aliases: ["contrib"],
    summary: "a provider and one middleware, httpInstrumentation()",
    serviceName: "MyHonoAppInProductionContrib",
    exporters: ["console", "otlp"],
    async create(parts) {
      const { createMiddlewareApp } = await import("./middleware.ts");
      const { app, provider } = createMiddlewareApp(parts);
      return { app, shutdown: () => provider.shutdown() };
    },
  },
  auto: {
    aliases: ["nocode"],
    summary: "the base app, unchanged, instrumented from outside",
    serviceName: "MyHonoAppInProductionAuto",
    exporters: ["otlp"],
    async create({ http, disabledInstrumentations }) {
      const { createAutoApp } = await import("./auto.ts");
      const { app, instrumentation } = createAutoApp(http, disabledInstrumentations);
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

/** The names that `--mode` takes. */
export const MODE_NAMES = Object.keys(MODES) as ModeName[];

/** The mode of a name or alias; undefined if there is none. */
export function findMode(name: string): ModeName | undefined {
  return MODE_NAMES.find((mode) => mode === name || MODES[mode].aliases.includes(name));
}
