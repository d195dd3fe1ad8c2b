import config from "../deno.json" with { type: "json" };

/** The version of otel-kit, and of its instrumentation scope. */
export const VERSION: string = config.version;
