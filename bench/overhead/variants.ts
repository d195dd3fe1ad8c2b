/** A way to instrument the base app. */
export interface Variant {
  name: string;
  /** The program's module, with its arguments. */
  entry: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Whether it tells at its end what became of what it created. */
  hasReport: boolean;
  /** Whether each request makes a span. */
  isTraced: boolean;
}

/** The names of the rows that others are compared with, or that all signals are loaded with. */
export const BASE = "base";
export const ALL_SIGNALS = "auto, all signals";

const TRACES_ALONE = { OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none" };

/** Ours are measured with the kit's exporter, and the middleware also as an importer has it. */
export const VARIANTS: readonly Variant[] = [
  { ...kit("base"), name: BASE, hasReport: false, isTraced: false },
  kit("manual"),
  kit("middleware"),
  { ...kit("auto"), env: TRACES_ALONE },
  // Under load metrics shall be exported too, and not after a minute.
  { ...kit("auto"), name: ALL_SIGNALS, env: { OTEL_METRIC_EXPORT_INTERVAL: "1000" } },
  peer("middleware, stock SDK", "bench/servers/middleware_stock.ts"),
  peer("@hono/otel, stock SDK", "bench/servers/hono_otel.ts"),
  { ...peer("Deno's own", "bench/servers/native.ts"), env: { OTEL_DENO: "true" } },
];

/** What all have in common: they record what the stable conventions ask for, and no header. */
export const COMMON_ENV: Record<string, string> = {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "none",
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "none",
  // Traces alone, as in the other variants.
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
