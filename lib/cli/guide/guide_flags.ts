import { type Backends, EXTERNAL_BACKENDS } from "../../workshop/backends/backends.ts";
import { readDuration } from "../flags/duration.ts";
import { COLLECTOR_FLAGS } from "../flags/collector_flags.ts";
import { UsageError } from "../errors.ts";
import type { Flag, ParsedFlags } from "../flags/flags.ts";

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

const BACKENDS = ["embedded", "external"];

/** The flags of `guide`. */
export const GUIDE_FLAGS: readonly Flag[] = [
  {
    name: "dir",
    placeholder: "DIR",
    nonEmpty: true,
    help: "Your folder, as workshop init lays it out; it is remembered. Without one, steps are " +
      "shown, not done",
  },
  {
    name: "course",
    placeholder: "DIR",
    nonEmpty: true,
    help: "A folder with a course of your own",
  },
  { name: "app-url", placeholder: "URL", help: `Where your app is (default ${DEFAULT_APP_URL})` },
  {
    name: "backend",
    placeholder: "WHICH",
    choices: BACKENDS,
    help: "embedded (default): the collector of otel-kit, started unless it runs; or external: " +
      "your Collector, Jaeger, Zipkin and Prometheus",
  },
  ...COLLECTOR_FLAGS.filter(({ name }) => name.endsWith("-port")),
  ...ADDRESSES.map(([name, what, key]) => ({
    name,
    placeholder: "URL",
    help: `external: where ${what} (default ${EXTERNAL_BACKENDS[key]})`,
  })),
  {
    name: "progress",
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "Where progress is kept",
  },
  {
    name: "wait",
    placeholder: "TIME",
    help:
      "With check: wait so long at most, like 10s; 0s is one look (default: as long as it takes)",
  },
  { name: "all", help: "With check and reset: all steps" },
  { name: "teach", help: "With show: your notes as the teacher, and the time against the plan" },
  {
    name: "out",
    placeholder: "FILE",
    file: true,
    help: "With summary: write it to FILE.md or FILE.html",
  },
  { name: "force", aliases: ["f"], help: "With --out: overwrite the file" },
  { name: "plain", help: "The guide in lines, for pipes and screen readers" },
  { name: "json", help: "Print the result as JSON" },
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/**
 * Whether servers of the learner's are looked at; naming one says so, too.
 *
 * @throws {UsageError} If the flags contradict each other.
 */
export function isExternal({ values }: ParsedFlags): boolean {
  const backend = values.get("backend");
  const [address] = ADDRESSES.map(([flag]) => flag).filter((flag) => values.has(flag));
  if (backend !== undefined && !BACKENDS.includes(String(backend))) {
    throw new UsageError(`Cannot use --backend "${backend}": expected embedded or external`);
  }
  if (backend === "embedded" && address !== undefined) {
    throw new UsageError(`Cannot use --${address}: it stands with --backend external`);
  }
  return backend === "external" || address !== undefined;
}

/** How long a check may wait, in milliseconds; undefined where nothing is said. */
export function readWait({ values }: ParsedFlags): number | undefined {
  const given = values.get("wait");
  return given === undefined ? undefined : readDuration("wait", String(given), { minMillis: 0 });
}

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
