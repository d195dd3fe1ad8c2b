import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import type { RelayRoute } from "../relay.ts";
import { headersText } from "./sending.ts";
import { isAtLeast } from "./version.ts";

type Env = Record<string, string>;

/** The variables that turn off Deno's telemetry, with the value for off. */
const SWITCHES: Record<Signal, readonly [variable: string, off: string]> = {
  traces: ["OTEL_DENO_TRACING", "false"],
  metrics: ["OTEL_DENO_METRICS", "false"],
  logs: ["OTEL_DENO_CONSOLE", "ignore"],
};

/** Variables that configure OTLP, except the endpoint for all signals; and those that don't. */
const SENDING = /^OTEL_EXPORTER_OTLP_(?!ENDPOINT$|METRICS_(TEMPORALITY|DEFAULT))/;

/** The longest possible timeout, for settings where 0 would mean none. */
const NO_LIMIT_MS = String(2 ** 31 - 1);

/** The first version that accepts a "=" in the value of a resource attribute. */
const EQUALS_SIGN_SINCE = "2.9.2";

/**
 * Settings for Deno besides the targets. With an export timeout of 0 it loses every batch, and it samples every
 * trace, although the specification's default is to follow the parent.
 */
export function settingsForDeno(env: Env, reading: SettingsReading): Env {
  const { OTEL_BSP_EXPORT_TIMEOUT, OTEL_BLRP_EXPORT_TIMEOUT, OTEL_TRACES_SAMPLER } =
    reading.settings;
  return {
    ...env,
    OTEL_TRACES_SAMPLER,
    ...OTEL_BSP_EXPORT_TIMEOUT === 0 && { OTEL_BSP_EXPORT_TIMEOUT: NO_LIMIT_MS },
    ...OTEL_BLRP_EXPORT_TIMEOUT === 0 && { OTEL_BLRP_EXPORT_TIMEOUT: NO_LIMIT_MS },
  };
}

/** Turns off the signals without exporters. */
export function switchesOf(routes: Record<Signal, RelayRoute>): Env {
  return Object.fromEntries(
    SIGNALS.filter((signal) => routes[signal].targets.length === 0 && !routes[signal].console)
      .map((signal) => SWITCHES[signal]),
  );
}

/** The variables of a program that sends to the relay, without those that only affect the relay. */
export function behindRelay(env: Env, url: string): Env {
  const { OTEL_BSP_EXPORT_TIMEOUT: _, OTEL_BLRP_EXPORT_TIMEOUT: __, ...kept } = withoutSending(env);
  return {
    ...kept,
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
  };
}

/**
 * The variables of a program that sends by itself, in the form that Deno reads: complete endpoints and headers
 * per signal, the rest for all signals. For HTTP, it refuses to start if compression is set at all, even to
 * none.
 */
export function withoutRelay(env: Env, routes: Record<Signal, RelayRoute>): Env {
  const targets = SIGNALS.flatMap((signal) => routes[signal].targets);
  const [target] = targets;
  if (!target) return withoutSending(env);
  const { protocol, timeoutMillis, compression, certificate, clientCertificate, clientKey } =
    target;
  return {
    ...withoutSending(env),
    ...Object.assign({}, ...targets.map(endpointVariables)),
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMillis),
    ...compression === "gzip" && { OTEL_EXPORTER_OTLP_COMPRESSION: compression },
    ...certificate !== undefined && { OTEL_EXPORTER_OTLP_CERTIFICATE: certificate },
    ...clientCertificate !== undefined &&
      { OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: clientCertificate },
    ...clientKey !== undefined && { OTEL_EXPORTER_OTLP_CLIENT_KEY: clientKey },
  };
}

function endpointVariables(target: OtlpTarget): Env {
  const prefix = `OTEL_EXPORTER_OTLP_${target.signal.toUpperCase()}_`;
  const headers = headersText(target);
  return {
    [`${prefix}ENDPOINT`]: target.url,
    ...headers && { [`${prefix}HEADERS`]: headers },
  };
}

function withoutSending(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SENDING.test(name)));
}

/** The resource attributes as a variable, and the names of those that arrive in another form. */
export interface AttributesText {
  text: string;
  /** The names of those that arrive percent-encoded. */
  encoded: string[];
}

/**
 * The resource attributes in the form that Deno reads: unlike the specification, it decodes nothing. So they
 * are passed unencoded, except those that could not be parsed then.
 *
 * @see https://opentelemetry.io/docs/specs/otel/resource/sdk/
 */
export function attributesText(
  attributes: Record<string, string>,
  version: string,
): AttributesText {
  // A variable can't contain a NUL.
  const separators = isAtLeast(version, EQUALS_SIGN_SINCE) ? /[,\0]|^\s|\s$/ : /[,=\0]|^\s|\s$/;
  const encoded: string[] = [];
  const pairs = Object.entries(attributes).map(([name, value]) => {
    if (!/[,=\0]|^\s|\s$/.test(name) && !separators.test(value)) return `${name}=${value}`;
    encoded.push(name);
    return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  });
  return { text: pairs.join(","), encoded };
}
