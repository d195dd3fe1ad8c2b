import { type Backends, EXTERNAL_BACKENDS } from "../../workshop/backends/backends.ts";
import { LENGTHS } from "../../workshop/timing/plan.ts";
import { readDuration } from "../flags/duration.ts";
import { COLLECTOR_FLAGS } from "../flags/collector_flags.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues, ValueFlag } from "../flags/flags.ts";

export const DEFAULT_APP_URL = "http://127.0.0.1:5000";

/** The flag that sets each address, with its default. */
const ADDRESSES = [
  ["collector-url", "OTLP/HTTP endpoint of the Collector", "otlpHttpUrl"],
  ["collector-grpc-url", "OTLP/gRPC endpoint of the Collector", "otlpGrpcUrl"],
  ["collector-health-url", "health check of the Collector", "healthUrl"],
  ["collector-metrics-url", "metrics of the Collector itself", "ownMetricsUrl"],
  ["jaeger-url", "URL of Jaeger", "jaegerUrl"],
  ["zipkin-url", "URL of Zipkin", "zipkinUrl"],
  ["prometheus-url", "URL of Prometheus", "prometheusUrl"],
] as const satisfies readonly [
  flag: string,
  what: string,
  key: keyof Backends & `${string}Url`,
][];

/** Flags with the addresses of the learner's own servers. */
const ADDRESS_FLAGS = Object.fromEntries(
  ADDRESSES.map(([flag, what, key]) => [flag, {
    placeholder: "URL",
    help: `external: ${what} (default ${EXTERNAL_BACKENDS[key]})`,
  }]),
) as Record<(typeof ADDRESSES)[number][0], ValueFlag>;

const BACKENDS = ["embedded", "external"];

/** The flags of `guide`. */
export const GUIDE_FLAGS = {
  dir: {
    placeholder: "DIR",
    nonEmpty: true,
    help: "Your folder, created by workshop init; it is remembered. Without one, steps are " +
      "shown but can't be done",
  },
  course: {
    placeholder: "DIR",
    nonEmpty: true,
    help: "Folder of your own course",
  },
  "app-url": { placeholder: "URL", help: `URL of your app (default ${DEFAULT_APP_URL})` },
  backend: {
    placeholder: "WHICH",
    choices: BACKENDS,
    help: "embedded (default): otel-kit's collector, started unless it is running; or " +
      "external: your Collector, Jaeger, Zipkin, and Prometheus",
  },
  "http-port": COLLECTOR_FLAGS["http-port"],
  "grpc-port": COLLECTOR_FLAGS["grpc-port"],
  "ui-port": COLLECTOR_FLAGS["ui-port"],
  ...ADDRESS_FLAGS,
  progress: {
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "File that stores your progress",
  },
  wait: {
    placeholder: "TIME",
    help: "With check: how long to wait at most, such as 10s; 0s checks once (default: as " +
      "long as it takes)",
  },
  class: {
    placeholder: "URL",
    nonEmpty: true,
    help: "Tell the teacher's class, under the name of --name, which step you are at, whether it " +
      "passed, and the name of the first broken link; nothing else",
  },
  name: {
    placeholder: "NAME",
    nonEmpty: true,
    help: "With --class, summary, and certificate: the name that is shown; choose any",
  },
  all: { help: "With check and reset: all steps" },
  teach: { help: "With show: the teacher's notes, and the time against the plan" },
  plan: {
    placeholder: "LENGTH",
    nonEmpty: true,
    choices: Object.keys(LENGTHS),
    help:
      "With show: when each step begins in a workshop of 3.5h or 90m, with breaks, and whether " +
      "you are on time",
  },
  out: {
    placeholder: "FILE",
    file: true,
    help: "With summary: write it to FILE.md or FILE.html; with certificate, to FILE.html",
  },
  force: { aliases: ["f"], help: "With --out: overwrite the file" },
  plain: { help: "Print the guide line by line, for pipes and screen readers" },
  json: { help: "Print the result as JSON" },
} as const satisfies FlagTable;

/** The values of these flags; a command may have only some of them. */
export type GivenGuideFlags = Partial<FlagValues<typeof GUIDE_FLAGS>>;

/**
 * Whether to check the learner's own servers; naming one implies it.
 *
 * @throws {UsageError} If the flags contradict each other.
 */
export function isExternal(flags: GivenGuideFlags): boolean {
  const { backend } = flags;
  const [address] = ADDRESSES.map(([flag]) => flag).filter((flag) => flags[flag] !== undefined);
  if (backend !== undefined && !BACKENDS.includes(backend)) {
    throw new UsageError(`Cannot use --backend "${backend}": expected embedded or external`);
  }
  if (backend === "embedded" && address !== undefined) {
    throw new UsageError(`Cannot use --${address}: it needs --backend external`);
  }
  return backend === "external" || address !== undefined;
}

/** How long a check can wait, in milliseconds; undefined if the flag isn't set. */
export function readWait({ wait }: GivenGuideFlags): number | undefined {
  return wait === undefined ? undefined : readDuration("wait", wait, { minMillis: 0 });
}

/** All addresses, according to the flags. */
export function readAddresses(
  flags: GivenGuideFlags,
): { appUrl: string; backends: Backends } {
  const backends: Backends = { ...EXTERNAL_BACKENDS };
  for (const [flag, , key] of ADDRESSES) {
    const given = flags[flag];
    if (given !== undefined) backends[key] = readUrl(flag, given);
  }
  return { backends, appUrl: readUrl("app-url", flags["app-url"] ?? DEFAULT_APP_URL) };
}

function readUrl(flag: keyof typeof GUIDE_FLAGS, given: string): string {
  if (!URL.canParse(given) || !/^https?:\/\//.test(given)) {
    throw new UsageError(
      `Cannot use --${flag} "${given}": expected an address such as ${DEFAULT_APP_URL}`,
    );
  }
  return given.replace(/(?<!\/)\/+$/, "");
}
