/** A way to instrument the base app. */
export interface Variant {
  name: string;
  /** The program's module, with its arguments. */
  entry: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Whether it reports its counts at the end. */
  hasReport: boolean;
  /** Whether each request creates a span. */
  isTraced: boolean;
}

/** The names of the rows that others are compared with, or that run with all signals. */
export const BASE = "base";
export const ALL_SIGNALS = "auto, all signals";

const TRACES_ALONE = { OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none" };

/** The kit's variants use its own exporter, and the middleware is also measured in an importer's setup. */
export const VARIANTS: readonly Variant[] = [
  { ...kit("base"), name: BASE, hasReport: false, isTraced: false },
  kit("manual"),
  kit("middleware"),
  { ...kit("auto"), env: TRACES_ALONE },
  // Metrics should also be exported under load, and not only after a minute.
  { ...kit("auto"), name: ALL_SIGNALS, env: { OTEL_METRIC_EXPORT_INTERVAL: "1000" } },
  peer("middleware, stock SDK", "bench/servers/middleware_stock.ts"),
  peer("@hono/otel, stock SDK", "bench/servers/hono_otel.ts"),
  { ...peer("Deno's own", "bench/servers/native.ts"), env: { OTEL_DENO: "true" } },
];

/** Shared by all: they record the attributes of the stable conventions, and no headers. */
export const COMMON_ENV: Record<string, string> = {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "none",
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "none",
  // Only traces, as in the other variants.
  OTEL_DENO_METRICS: "false",
  OTEL_DENO_CONSOLE: "ignore",
};

function kit(mode: string): Variant {
  const args = ["serve", "--mode", mode, "--port", "0"];
  return { name: mode, entry: "main.ts", args, hasReport: true, isTraced: true };
}

function peer(name: string, entry: string): Variant {
  return { name, entry, args: [], hasReport: false, isTraced: true };
}
