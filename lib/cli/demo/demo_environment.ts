import type { Environment } from "../../telemetry/read_settings.ts";
import { isVariable } from "../../telemetry/settings.ts";
import { applySettings, readTelemetrySettings } from "../flags/telemetry_flags.ts";

/**
 * Shorter delays, so that learners don't have to wait, and histograms that distinguish fast
 * requests, which would all be in the first of the fixed buckets. The user's values are kept.
 */
const DEMO_DEFAULTS: Environment = {
  OTEL_BSP_SCHEDULE_DELAY: "200",
  OTEL_BLRP_SCHEDULE_DELAY: "200",
  OTEL_METRIC_EXPORT_INTERVAL: "1000",
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: "base2_exponential_bucket_histogram",
};

/** Variables that would send the apps' telemetry elsewhere, or give all apps the same name. */
const LEADS_AWAY =
  /^OTEL_(SERVICE_NAME|ENTITIES|SDK_DISABLED|(EXPERIMENTAL_)?CONFIG_FILE|(TRACES|METRICS|LOGS)_EXPORTER|EXPORTER_OTLP_(?!METRICS_(TEMPORALITY|DEFAULT)).*)$/;

/** The endpoint of the apps. */
export interface DemoEndpoint {
  httpUrl: string;
  token: string | undefined;
}

/**
 * Sets the environment of the apps, which is that of this process: they all send to the demo's collector under
 * their own names, with short delays. Returns warnings about variables that have no effect.
 */
export function setDemoEnvironment({ httpUrl, token }: DemoEndpoint): string[] {
  const env = Deno.env.toObject();
  const leadingAway = Object.keys(env).filter((name) => LEADS_AWAY.test(name) && env[name]);
  const flags: Record<string, string> = {
    ...Object.fromEntries(leadingAway.map((name) => [name, ""])),
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORTER: "otlp",
    ...token !== undefined && { OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${token}` },
    ...withoutServiceName(env.OTEL_RESOURCE_ATTRIBUTES),
  };
  for (const [name, value] of Object.entries(DEMO_DEFAULTS)) {
    if (!env[name]) flags[name] = value!;
  }
  const reading = readTelemetrySettings(flags, { strict: false });
  applySettings(reading, flags);
  return [...reading.rejections, ...reading.warnings, ...ineffective(leadingAway)];
}

function ineffective(names: readonly string[]): string[] {
  const known = names.filter(isVariable).toSorted();
  return known.length === 0 ? [] : [
    `${known.join(", ")}: no effect here; the apps send to the demo's own collector, each under ` +
    "its own name. Pass everything on with --forward",
  ];
}

/** The resource attributes without the name, because each app has its own. */
function withoutServiceName(attributes = ""): Record<string, string> {
  const pairs = attributes.split(",");
  const others = pairs.filter((pair) => !/^\s*service\.name\s*=/.test(pair));
  return others.length < pairs.length ? { OTEL_RESOURCE_ATTRIBUTES: others.join(",") } : {};
}
