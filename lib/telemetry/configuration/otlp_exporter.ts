import { DEFAULT_PORTS } from "../../default_ports.ts";
import { DEFAULT_TIMEOUT_MS, type OtlpExporterModel } from "../otlp/target.ts";
import type { SettingsReading } from "../read_settings.ts";
import type { Settings, Signal, Variable } from "../settings.ts";

const HTTP_PORT = String(DEFAULT_PORTS.httpPort);
const GRPC_PORT = String(DEFAULT_PORTS.grpcPort);

/**
 * The OTLP exporter of a signal: settings of the signal override those of all signals. Over HTTP, the signal's
 * path is appended to an endpoint for all signals; a signal's own endpoint is used unchanged.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function otlpExporterFromSettings(
  reading: SettingsReading,
  signal: Signal,
): OtlpExporterModel {
  const { settings } = reading;
  const infix = infixOf(signal);
  const { protocol, endpoint, isOwn } = route(reading, signal);
  const headers = {
    ...settings.OTEL_EXPORTER_OTLP_HEADERS,
    ...settings[`OTEL_EXPORTER_OTLP_${infix}_HEADERS`],
  };
  const tls = {
    ca_file: pick(settings, infix, "CERTIFICATE") ?? null,
    key_file: pick(settings, infix, "CLIENT_KEY") ?? null,
    cert_file: pick(settings, infix, "CLIENT_CERTIFICATE") ?? null,
  };
  const common = {
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    compression: pick(settings, infix, "COMPRESSION") ?? "none",
    timeout: pick(settings, infix, "TIMEOUT") ?? DEFAULT_TIMEOUT_MS,
  };
  if (protocol === "grpc") {
    const insecure = pick(settings, infix, "INSECURE") ?? false;
    return {
      otlp_grpc: {
        endpoint: endpoint ?? `http://localhost:${GRPC_PORT}`,
        ...common,
        tls: { ...tls, insecure },
      },
    };
  }
  const url = new URL(endpoint ?? `http://localhost:${HTTP_PORT}`);
  if (!isOwn) url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/${signal}`;
  return {
    otlp_http: {
      endpoint: url.href,
      ...common,
      tls,
      encoding: protocol === "http/json" ? "json" : "protobuf",
    },
  };
}

/** Warnings about how a signal's endpoint and protocol fit together. */
export function otlpNotes(reading: SettingsReading, signal: Signal): string[] {
  const { asked, protocol, endpoint, port, isOwn } = route(reading, signal);
  if (!asked && protocol === "grpc") {
    return [
      `Sending ${signal} over gRPC, because the port is ${GRPC_PORT}; to change that, use --protocol`,
    ];
  }
  const notes: string[] = [];
  if (protocol === "grpc" && port === HTTP_PORT) {
    notes.push(mismatch(protocol, HTTP_PORT, "OTLP over HTTP", GRPC_PORT));
  } else if (protocol !== "grpc" && port === GRPC_PORT) {
    notes.push(mismatch(protocol, GRPC_PORT, "OTLP over gRPC", HTTP_PORT));
  }
  if (protocol !== "grpc" && endpoint !== undefined) {
    const { pathname } = new URL(endpoint);
    if (isOwn && pathname === "/") {
      notes.push(
        `Sending ${signal} to the path "/": an endpoint for one signal is used unchanged. ` +
          `Most servers want /v1/${signal}`,
      );
    } else if (!isOwn && /\/v1\/(traces|metrics|logs)\/?$/.test(pathname)) {
      notes.push(
        `Sending ${signal} to "${pathname.replace(/\/$/, "")}/v1/${signal}": an endpoint for all ` +
          "signals gets the path of each. Leave the path out",
      );
    }
  }
  return notes;
}

type Infix = Uppercase<Signal>;

function infixOf(signal: Signal): Infix {
  return signal.toUpperCase() as Infix;
}

function route({ settings, origins }: SettingsReading, signal: Signal) {
  const infix = infixOf(signal);
  const own: Variable = `OTEL_EXPORTER_OTLP_${infix}_ENDPOINT`;
  const endpoint = pick(settings, infix, "ENDPOINT");
  const asked = pick(settings, infix, "PROTOCOL");
  const port = endpoint === undefined ? undefined : /:(\d+)$/.exec(authorityOf(endpoint))?.[1];
  const protocol = asked ?? (port === GRPC_PORT ? "grpc" : "http/protobuf");
  return { asked, protocol, endpoint, port, isOwn: origins[own] !== "default" };
}

function authorityOf(endpoint: string): string {
  return endpoint.includes("://") ? new URL(endpoint).host : endpoint;
}

type Shared =
  | "ENDPOINT"
  | "PROTOCOL"
  | "TIMEOUT"
  | "COMPRESSION"
  | "INSECURE"
  | "CERTIFICATE"
  | "CLIENT_KEY"
  | "CLIENT_CERTIFICATE";

/** The setting of the signal, or else that of all signals. */
function pick<Name extends Shared>(settings: Settings, infix: Infix, name: Name) {
  return settings[`OTEL_EXPORTER_OTLP_${infix}_${name}`] ??
    settings[`OTEL_EXPORTER_OTLP_${name}`];
}

function mismatch(protocol: string, port: string, usual: string, other: string): string {
  return `Sending ${protocol} to port ${port}, which is usually for ${usual}: ` +
    `if nothing arrives, try port ${other}`;
}
