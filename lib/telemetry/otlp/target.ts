import type {
  OtlpGrpcExporterConfigModel,
  OtlpHttpExporterConfigModel,
} from "@opentelemetry/configuration";
import { DEFAULT_PORTS } from "../../default_ports.ts";
import type { Signal } from "../../otlp/signal.ts";
import type { Encoding } from "../../otlp/content_type.ts";
import { HEADERS, lowerCaseNames, maskCredentials } from "../value_types.ts";

/** The transports of OTLP. */
export type OtlpProtocol = "http/protobuf" | "http/json" | "grpc";

/** An OTLP exporter in the declarative configuration: one of the two kinds. */
export type OtlpExporterModel = {
  otlp_http?: NonNullable<OtlpHttpExporterConfigModel>;
  otlp_grpc?: NonNullable<OtlpGrpcExporterConfigModel>;
};

/** Where and how one signal is sent. */
export interface OtlpTarget {
  signal: Signal;
  protocol: OtlpProtocol;
  /** The full URL; gRPC uses only its scheme, host and port. */
  url: string;
  /** By name in lower case. */
  headers: Record<string, string>;
  /** For one batch with all retries; Infinity is no limit. */
  timeoutMillis: number;
  compression: "gzip" | "none";
  /** Paths of PEM files. */
  certificate: string | undefined;
  clientKey: string | undefined;
  clientCertificate: string | undefined;
}

/** A property of an exporter is invalid. */
export class TargetError extends Error {
  override name = "TargetError";
  /** The property, as named in the declarative configuration. */
  readonly property: string;

  constructor(property: string, message: string) {
    super(message);
    this.property = property;
  }
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * The target of an exporter in the declarative configuration, with the defaults of its schema.
 *
 * @throws {TargetError} If endpoint, headers or compression are invalid.
 */
export function otlpTarget(
  { otlp_http, otlp_grpc }: OtlpExporterModel,
  signal: Signal,
): OtlpTarget {
  const model = otlp_grpc ?? otlp_http ?? {};
  const { tls, timeout, compression } = model;
  if (compression && compression !== "gzip" && compression !== "none") {
    throw new TargetError(
      "compression",
      `cannot compress with "${compression}": expected gzip or none`,
    );
  }
  return {
    signal,
    protocol: otlp_grpc ? "grpc" : otlp_http?.encoding === "json" ? "http/json" : "http/protobuf",
    url: otlp_grpc
      ? grpcUrl(
        model.endpoint ?? `http://localhost:${DEFAULT_PORTS.grpcPort}`,
        otlp_grpc.tls?.insecure ?? false,
      )
      : httpUrl(model.endpoint ?? `http://localhost:${DEFAULT_PORTS.httpPort}/v1/${signal}`),
    headers: headersOf(model),
    timeoutMillis: (timeout ?? DEFAULT_TIMEOUT_MS) || Infinity,
    compression: compression === "gzip" ? "gzip" : "none",
    certificate: tls?.ca_file ?? undefined,
    clientKey: tls?.key_file ?? undefined,
    clientCertificate: tls?.cert_file ?? undefined,
  };
}

/** How the body of a request is encoded. */
export function bodyEncoding(protocol: OtlpProtocol): Encoding {
  return protocol === "http/json" ? "json" : "protobuf";
}

/** The target in one line: protocol and URL, without credentials. */
export function describeTarget({ protocol, url }: OtlpTarget): string {
  return `${protocol} to ${maskCredentials(url)}`;
}

function httpUrl(endpoint: string): string {
  if (/^https?:\/\//i.test(endpoint) && URL.canParse(endpoint)) return new URL(endpoint).href;
  throw new TargetError(
    "endpoint",
    `cannot send to "${maskCredentials(endpoint)}": expected an http or https URL`,
  );
}

function grpcUrl(endpoint: string, insecure: boolean): string {
  const url = endpoint.includes("://") ? endpoint : `${insecure ? "http" : "https"}://${endpoint}`;
  const { protocol, host } = new URL(httpUrl(url));
  return `${protocol}//${host}`;
}

function headersOf(
  { headers, headers_list: list }: {
    headers?: { name: string; value: string | null }[];
    headers_list?: string | null;
  },
): Record<string, string> {
  const listed = list ? HEADERS.parse(list) : {};
  if (!listed) {
    throw new TargetError(
      "headers_list",
      `cannot read headers_list: expected ${HEADERS.expected} (it is not shown)`,
    );
  }
  const named = (headers ?? []).flatMap(({ name, value }) =>
    value === null ? [] : [[name, value] as const]
  );
  return { ...listed, ...lowerCaseNames(named) };
}
