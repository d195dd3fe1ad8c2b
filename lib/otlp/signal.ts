/** The signals that OTLP carries, by the words that variables and URLs use. */
export const SIGNALS = ["traces", "metrics", "logs"] as const;

/** One of them. */
export type Signal = (typeof SIGNALS)[number];

/** What requests of each are counted in. */
export const ITEM_NAMES: Readonly<Record<Signal, string>> = {
  traces: "spans",
  metrics: "data points",
  logs: "log records",
};

/** The signal of a path over HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export function signalOfPath(path: string): Signal | undefined {
  return SIGNALS.find((signal) => path === `/v1/${signal}`);
}
