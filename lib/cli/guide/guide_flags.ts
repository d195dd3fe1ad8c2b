import { type Backends, EXTERNAL_BACKENDS } from "../../workshop/backends/backends.ts";
import { UsageError } from "../errors.ts";
import type { Flag, ParsedFlags } from "../flags.ts";

const DEFAULT_APP_URL = "http://127.0.0.1:5000";

/** Which flag says where what is, beside its default. */
const ADDRESSES: readonly [flag: string, what: string, key: keyof Backends & `${string}Url`][] = [
  ["collector-url", "the Collector takes OTLP/HTTP", "otlpHttpUrl"],
  ["collector-grpc-url", "the Collector takes OTLP/gRPC", "otlpGrpcUrl"],
  ["collector-health-url", "the Collector tells its health", "healthUrl"],
  ["collector-metrics-url", "the Collector tells its own metrics", "ownMetricsUrl"],
  ["jaeger-url", "Jaeger is", "jaegerUrl"],
  ["zipkin-url", "Zipkin is", "zipkinUrl"],
  ["prometheus-url", "Prometheus is", "prometheusUrl"],
];

/** The flags of `guide`. */
export const GUIDE_FLAGS: readonly Flag[] = [
  {
    name: "dir",
    placeholder: "DIR",
    help: "Your folder, as workshop init lays it out; without it steps are shown, not done",
  },
  { name: "course", placeholder: "DIR", help: "A folder with a course of your own" },
  { name: "app-url", placeholder: "URL", help: `Where your app is (default ${DEFAULT_APP_URL})` },
  ...ADDRESSES.map(([name, what, key]) => ({
    name,
    placeholder: "URL",
    help: `Where ${what} (default ${EXTERNAL_BACKENDS[key]})`,
  })),
  { name: "progress", placeholder: "FILE", file: true, help: "Where progress is kept" },
  { name: "all", help: "With check and reset: all steps" },
  { name: "json", help: "Print the result as JSON" },
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/** Where everything is, by the flags. */
export function readAddresses({ values }: ParsedFlags): { appUrl: string; backends: Backends } {
  const backends: Backends = { ...EXTERNAL_BACKENDS };
  for (const [flag, , key] of ADDRESSES) {
    const given = values.get(flag);
    if (given !== undefined) backends[key] = readUrl(flag, String(given));
  }
  return { backends, appUrl: readUrl("app-url", String(values.get("app-url") ?? DEFAULT_APP_URL)) };
}

function readUrl(flag: string, given: string): string {
  if (!URL.canParse(given) || !/^https?:\/\//.test(given)) {
    throw new UsageError(
      `Cannot use --${flag} "${given}": expected an address such as ${DEFAULT_APP_URL}`,
    );
  }
  return given.replace(/\/+$/, "");
}
