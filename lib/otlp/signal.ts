/** The signals that OTLP carries, by the words that variables and URLs use. */
export const SIGNALS = ["traces", "metrics", "logs"] as const;

/** One of them. */
export type Signal = (typeof SIGNALS)[number];
