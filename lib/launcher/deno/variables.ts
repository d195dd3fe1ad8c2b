import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import type { RelayRoute } from "../relay.ts";
import { headersText } from "./sending.ts";
import { isAtLeast } from "./version.ts";

type Env = Record<string, string>;

/** The switches of Deno's telemetry, with the word for off. */
const SWITCHES: Record<Signal, readonly [variable: string, off: string]> = {
  traces: ["OTEL_DENO_TRACING", "false"],
  metrics: ["OTEL_DENO_METRICS", "false"],
  logs: ["OTEL_DENO_CONSOLE", "ignore"],
};

/** What says how OTLP is sent, except the endpoint for all signals; and what does not say that. */
const SENDING = /^OTEL_EXPORTER_OTLP_(?!ENDPOINT$|METRICS_(TEMPORALITY|DEFAULT))/;

/** The longest time that is a time, where 0 would be none. */
const NO_LIMIT_MS = String(2 ** 31 - 1);

/** The first version that takes a "=" in the value of a resource attribute. */
const EQUALS_SIGN_SINCE = "2.9.2";

/**
 * What Deno is told besides where to send. It loses every batch with an export timeout of 0, and
 * samples every trace where the specification's default is to follow the caller.
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

/** What turns off the signals that go nowhere. */
export function switchesOf(routes: Record<Signal, RelayRoute>): Env {
  return Object.fromEntries(
    SIGNALS.filter((signal) => routes[signal].targets.length === 0 && !routes[signal].console)
      .map((signal) => SWITCHES[signal]),
  );
}

/** The variables of a program that sends to the relay: what the relay does is not its matter. */
export function behindRelay(env: Env, url: string): Env {
  const { OTEL_BSP_EXPORT_TIMEOUT: _, OTEL_BLRP_EXPORT_TIMEOUT: __, ...kept } = withoutSending(env);
  return {
    ...kept,
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
  };
}

/**
 * The variables of a program that sends by itself, spelled out as Deno reads them: endpoint and
 * headers by signal and complete, the rest for all signals. Over HTTP it refuses to start where
 * compression is spoken of, even to say that there is none.
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

/** The attributes of the resource as a variable, and those that arrive in another form. */
export interface AttributesText {
  text: string;
  /** The names of those that arrive percent-encoded. */
  encoded: string[];
}

/**
 * The attributes of the resource as Deno reads them: unlike the specification it decodes nothing,
 * so that they are given as they are, but for those that would not be read then.
 *
 * @see https://opentelemetry.io/docs/specs/otel/resource/sdk/
 */
export function attributesText(
  attributes: Record<string, string>,
  version: string,
): AttributesText {
  // No variable can hold a NUL.
  const separators = isAtLeast(version, EQUALS_SIGN_SINCE) ? /[,\0]|^\s|\s$/ : /[,=\0]|^\s|\s$/;
  const encoded: string[] = [];
  const pairs = Object.entries(attributes).map(([name, value]) => {
    if (!/[,=\0]|^\s|\s$/.test(name) && !separators.test(value)) return `${name}=${value}`;
    encoded.push(name);
    return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  });
  return { text: pairs.join(","), encoded };
}
