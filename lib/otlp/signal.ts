/** A signal of OpenTelemetry that OTLP carries. */
export type Signal = "traces" | "metrics" | "logs";

/** All of them. */
export const SIGNALS: readonly Signal[] = ["traces", "metrics", "logs"];
