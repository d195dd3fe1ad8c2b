import { maskCredentials } from "../value_types.ts";
import type { Settings, SettingsReading, Signal, Variable } from "../settings.ts";

/** The transports of OTLP. */
export type OtlpProtocol = "http/protobuf" | "http/json" | "grpc";

/** Where and how one signal is sent. */
export interface OtlpTarget {
  signal: Signal;
  protocol: OtlpProtocol;
  /** The full URL; for gRPC only scheme, host and port of it count. */
  url: string;
  headers: Record<string, string>;
  /** For one batch with all its retries; Infinity is no limit. */
  timeoutMillis: number;
  compression: "gzip" | "none";
  /** Paths of PEM files. */
  certificate: string | undefined;
  clientKey: string | undefined;
  clientCertificate: string | undefined;
  /** What the user should know about how the target came about. */
  notes: string[];
}

const HTTP_PORT = "4318";
const GRPC_PORT = "4317";
const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Works out the target of a signal: what is set for the signal beats what is set for all. An endpoint
 * for all signals gets the signal's path, one for the signal is used as it is.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function resolveOtlpTarget(
  { settings, origins }: SettingsReading,
  signal: "traces",
): OtlpTarget {
  const infix = signal.toUpperCase() as Uppercase<typeof signal>;
  const own: Variable = `OTEL_EXPORTER_OTLP_${infix}_ENDPOINT`;
  const endpoint = pick(settings, infix, "ENDPOINT");
  const asked = pick(settings, infix, "PROTOCOL");
  const port = endpoint === undefined ? undefined : new URL(endpoint).port;
  const protocol = asked ?? (port === GRPC_PORT ? "grpc" : "http/protobuf");

  const notes: string[] = [];
  if (!asked && protocol === "grpc") {
    notes.push(
      `Sending ${signal} over gRPC, as port ${GRPC_PORT} is for; --protocol chooses another way`,
    );
  } else if (protocol === "grpc" && port === HTTP_PORT) {
    notes.push(mismatch(protocol, HTTP_PORT, "OTLP over HTTP", GRPC_PORT));
  } else if (protocol !== "grpc" && port === GRPC_PORT) {
    notes.push(mismatch(protocol, GRPC_PORT, "OTLP over gRPC", HTTP_PORT));
  }

  return {
    signal,
    protocol,
    url: targetUrl(protocol, endpoint, origins[own] === "default" ? signal : undefined),
    headers: {
      ...settings.OTEL_EXPORTER_OTLP_HEADERS,
      ...settings[`OTEL_EXPORTER_OTLP_${infix}_HEADERS`],
    },
    timeoutMillis: (pick(settings, infix, "TIMEOUT") ?? DEFAULT_TIMEOUT_MS) || Infinity,
    compression: pick(settings, infix, "COMPRESSION") ?? "none",
    certificate: pick(settings, infix, "CERTIFICATE"),
    clientKey: pick(settings, infix, "CLIENT_KEY"),
    clientCertificate: pick(settings, infix, "CLIENT_CERTIFICATE"),
    notes,
  };
}

/** The target in a line: protocol and URL, without credentials. */
export function describeTarget({ protocol, url }: OtlpTarget): string {
  return `${protocol} to ${maskCredentials(url)}`;
}

type Shared =
  | "ENDPOINT"
  | "PROTOCOL"
  | "TIMEOUT"
  | "COMPRESSION"
  | "CERTIFICATE"
  | "CLIENT_KEY"
  | "CLIENT_CERTIFICATE";

/** What is set for the signal, or else what is set for all. */
function pick<Name extends Shared>(settings: Settings, infix: "TRACES", name: Name) {
  return settings[`OTEL_EXPORTER_OTLP_${infix}_${name}`] ??
    settings[`OTEL_EXPORTER_OTLP_${name}`];
}

function targetUrl(
  protocol: OtlpProtocol,
  endpoint: string | undefined,
  appendSignal: Signal | undefined,
): string {
  if (protocol === "grpc") {
    const { protocol: scheme, host } = new URL(endpoint ?? `http://localhost:${GRPC_PORT}`);
    return `${scheme}//${host}`;
  }
  const url = new URL(endpoint ?? `http://localhost:${HTTP_PORT}`);
  if (appendSignal) url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/${appendSignal}`;
  return url.href;
}

function mismatch(protocol: string, port: string, usual: string, other: string): string {
  return `Sending ${protocol} to port ${port}, which is commonly for ${usual}: ` +
    `if nothing arrives, try port ${other}`;
}
