/** The signals that OTLP carries, named as in variables and URLs. */
export const SIGNALS = ["traces", "metrics", "logs"] as const;

/** One of them. */
export type Signal = (typeof SIGNALS)[number];

/** The items of each signal. */
export const ITEM_NAMES: Readonly<Record<Signal, string>> = {
  traces: "spans",
  metrics: "data points",
  logs: "log records",
};

/** A number of a signal's items, in words: `1 span`, `2 data points`. */
export function itemCount(count: number, signal: Signal): string {
  const names = ITEM_NAMES[signal];
  return `${count} ${count === 1 ? names.slice(0, -1) : names}`;
}

/**
 * The signal of an HTTP path. Extra slashes are allowed: base URLs may end in one, for example.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-request
 */
export function signalOfPath(path: string): Signal | undefined {
  const [version, name, ...rest] = path.split("/").filter((part) => part !== "");
  if (version !== "v1" || rest.length > 0) return undefined;
  return SIGNALS.find((signal) => signal === name);
}
