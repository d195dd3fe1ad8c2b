import { VERSION } from "../version.ts";

/** The instrumentation scope of everything this folder records. */
export const INSTRUMENTATION_SCOPE = { name: "otel-kit", version: VERSION } as const;
