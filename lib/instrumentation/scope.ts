/** The instrumentation scope of everything this package records; `deno.json` has the same version. */
export const INSTRUMENTATION_SCOPE = { name: "otel-kit", version: "0.1.0" } as const;
