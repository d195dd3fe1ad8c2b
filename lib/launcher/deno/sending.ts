import { findProxyRoute } from "../../telemetry/otlp/proxy.ts";
import { readTlsFiles } from "../../telemetry/otlp/tls_files.ts";
import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import type { Environment } from "../../telemetry/read_settings.ts";
import type { RelayRoute } from "../relay.ts";
import { isAtLeast } from "./version.ts";

/** The targets of the signals, and the time limits of their exports. */
export interface Destinations {
  routes: Record<Signal, RelayRoute>;
  /** The limits besides OTLP's, in milliseconds; Infinity is none. */
  exportTimeouts: Record<Signal, number>;
  /** The program's variables, including those for proxies. */
  env: Environment;
  /** The names of the resource attributes that Deno accepts only percent-encoded. */
  encoded: readonly string[];
}

/** A way of sending that Deno did not support before a version, or still doesn't. */
interface MissingWay {
  /** What it does instead, completing "Deno …". */
  does: string;
  /** The first version that supports it; undefined if none is known. */
  until?: string;
  /** Deno does not start, or crashes, if it is configured to send in this way. */
  ends?: true;
  /** Whether this applies. */
  isNeeded(targets: readonly OtlpTarget[], destinations: Destinations): boolean;
}

/** gRPC timeouts in milliseconds have at most eight digits. */
const MAX_TIMEOUT_MS = 99_999_999;

/**
 * What Deno cannot send itself, by version, so that the relay must. If there are several reasons, the first is
 * reported.
 */
export const MISSING_WAYS = {
  grpc: { // https://github.com/denoland/deno/pull/30365
    does: "does not speak gRPC",
    until: "2.8.0",
    ends: true,
    isNeeded: (targets) => targets.some(isGrpc),
  },
  gzipOverHttp: {
    does: "does not compress over HTTP",
    ends: true,
    isNeeded: (targets) => targets.some((one) => !isGrpc(one) && one.compression === "gzip"),
  },
  console: {
    does: "prints either all signals or none, and to standard error",
    isNeeded: (_, { routes }) => Object.values(routes).some(({ console }) => console),
  },
  severalPlaces: {
    does: "sends each signal to one place",
    isNeeded: (_, { routes }) => Object.values(routes).some(({ targets }) => targets.length > 1),
  },
  severalProtocols: {
    does: "sends all signals with one protocol",
    isNeeded: (targets) => differ(targets, ({ protocol }) => protocol),
  },
  someCompressed: {
    does: "compresses all signals or none",
    isNeeded: (targets) => differ(targets, ({ compression }) => compression),
  },
  severalCertificates: {
    does: "has one certificate and one key for all signals",
    isNeeded: (targets) =>
      differ(targets, ({ certificate }) => certificate) ||
      differ(targets, ({ clientCertificate }) => clientCertificate) ||
      differ(targets, ({ clientKey }) => clientKey),
  },
  unusableFiles: {
    does: "does not start with these certificates",
    ends: true,
    isNeeded: (targets) => targets.some((target) => !hasUsableFiles(target)),
  },
  severalTimeLimits: {
    does: "has one time limit for all signals, and never none",
    isNeeded: (targets) =>
      differ(targets, ({ timeoutMillis }) => timeoutMillis) ||
      targets.some(({ timeoutMillis }) => timeoutMillis > MAX_TIMEOUT_MS),
  },
  metricsTimeLimit: {
    does: "has no separate time limit for metrics",
    isNeeded: (_, { routes, exportTimeouts }) =>
      routes.metrics.targets.some((one) => exportTimeouts.metrics < one.timeoutMillis),
  },
  headers: {
    does: "does not send these headers unchanged",
    isNeeded: (targets) => targets.some((target) => headersText(target) === undefined),
  },
  credentials: {
    does: "does not send the credentials in a URL",
    isNeeded: (targets) =>
      targets.some(({ url }) => new URL(url).username !== "" || new URL(url).password !== ""),
  },
  proxy: {
    does: "does not send through proxies",
    isNeeded: (targets, { env }) =>
      targets.some(({ url }) => findProxyRoute(new URL(url), env).proxy !== undefined),
  },
  attributes: {
    does: "does not decode the attributes of the resource",
    isNeeded: (_, { encoded }) => encoded.length > 0,
  },
  timeLimit: { // https://github.com/denoland/deno/pull/33159
    does: "waits forever for a server that does not answer",
    until: "2.7.12",
    isNeeded: (targets) => targets.length > 0,
  },
} as const satisfies Record<string, MissingWay>;

/** Why Deno can't send that itself, in a sentence; undefined if it can. */
export function whyRelay(destinations: Destinations, version: string): string | undefined {
  return whyNot(Object.values(MISSING_WAYS), destinations, version);
}

/** Why Deno would crash if configured to send that itself, in a sentence; undefined if it wouldn't. */
export function whyNoStart(destinations: Destinations, version: string): string | undefined {
  const ways = Object.values<MissingWay>(MISSING_WAYS).filter(({ ends }) => ends);
  return whyNot(ways, destinations, version);
}

function whyNot(
  ways: readonly MissingWay[],
  destinations: Destinations,
  version: string,
): string | undefined {
  const targets = SIGNALS.flatMap((signal) => destinations.routes[signal].targets);
  const missing = ways.find(({ until, isNeeded }) =>
    (until === undefined || !isAtLeast(version, until)) && isNeeded(targets, destinations)
  );
  if (!missing) return undefined;
  const { does, until } = missing;
  return until === undefined ? `Deno ${does}` : `Deno before ${until} ${does}; this is ${version}`;
}

/**
 * The headers of a target, in the format that Deno reads from a variable; undefined if they can't be written in
 * it. For HTTP it decodes values and leaves out empty ones, for gRPC it uses them unchanged.
 */
export function headersText(target: OtlpTarget): string | undefined {
  const headers = Object.entries(target.headers);
  const cannotBeSaid = isGrpc(target) ? /,|^\s|\s$/ : /^$/;
  if (headers.some(([, value]) => cannotBeSaid.test(value))) return undefined;
  return headers
    .map(([name, value]) => `${name}=${isGrpc(target) ? value : encodeURIComponent(value)}`)
    .join(",");
}

function isGrpc({ protocol }: OtlpTarget): boolean {
  return protocol === "grpc";
}

function differ(targets: readonly OtlpTarget[], property: (target: OtlpTarget) => unknown) {
  return new Set(targets.map(property)).size > 1;
}

/** Whether certificates and key can be read and used. */
function hasUsableFiles(target: OtlpTarget): boolean {
  try {
    readTlsFiles(target);
    return true;
  } catch {
    return false; // the relay reports why
  }
}
