import { integer, PORT, type ValueType } from "../../telemetry/value_types.ts";
import { byteSize } from "./byte_size.ts";
import { UsageError } from "../errors.ts";
import type { Flag, ParsedFlags } from "./flags.ts";

const MIB = 1024 * 1024;
const DEFAULT_MAX_TRACES = 10_000;
const DEFAULT_MAX_BYTES = 256 * MIB;

/** Less would not hold what one export request may bring. */
const MAX_BYTES = byteSize(16 * MIB);
const MAX_TRACES = integer({ min: 1, max: 10_000_000 });

/** The flags of every command that runs a collector. */
export const COLLECTOR_FLAGS: readonly Flag[] = [
  { name: "http-port", placeholder: "N", help: "Port for OTLP over HTTP (default 4318)" },
  { name: "grpc-port", placeholder: "N", help: "Port for OTLP over gRPC (default 4317)" },
  { name: "ui-port", placeholder: "N", help: "Port of the page and the query API (default 4319)" },
  {
    name: "host",
    placeholder: "ADDRESS",
    nonEmpty: true,
    help: "Address to listen on (default 127.0.0.1); any other needs the token that is printed",
  },
  {
    name: "db",
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "Keep everything in this file (default: in memory)",
  },
  {
    name: "forward",
    placeholder: "URL",
    nonEmpty: true,
    help: "Send everything on to another OTLP endpoint; port 4317 means gRPC. Protocol, headers " +
      "and certificates are those of OTEL_EXPORTER_OTLP_PROTOCOL, ..._HEADERS, ..._CERTIFICATE",
  },
  {
    name: "max-traces",
    placeholder: "N",
    help: `Traces to keep, the oldest go first (default ${DEFAULT_MAX_TRACES})`,
  },
  {
    name: "max-bytes",
    placeholder: "SIZE",
    help: "Memory for what is kept, like 512MB or 1GiB (default 256MiB)",
  },
];

/** What these flags say. */
export interface CollectorSettings {
  hostname: string;
  httpPort: number;
  grpcPort: number;
  uiPort: number;
  maxTraces: number;
  maxBytes: number;
  file: string | undefined;
  /** The endpoint to send everything on to. */
  forward: string | undefined;
}

/**
 * Reads them.
 *
 * @throws {UsageError} If a value makes no sense.
 */
export function readCollectorFlags(
  { values }: ParsedFlags,
  defaults: { httpPort: number; grpcPort: number; uiPort: number },
): CollectorSettings {
  const read = <T>(name: string, type: ValueType<T>, fallback: T): T => {
    const given = values.get(name);
    if (given === undefined) return fallback;
    const value = type.parse(String(given));
    if (value !== undefined) return value;
    throw new UsageError(`Cannot use --${name} "${given}": expected ${type.expected}`);
  };
  const text = (name: string) => {
    const given = values.get(name);
    return given === undefined ? undefined : String(given);
  };
  const settings = {
    hostname: text("host") ?? "127.0.0.1",
    httpPort: read("http-port", PORT, defaults.httpPort),
    grpcPort: read("grpc-port", PORT, defaults.grpcPort),
    uiPort: read("ui-port", PORT, defaults.uiPort),
    maxTraces: read("max-traces", MAX_TRACES, DEFAULT_MAX_TRACES),
    maxBytes: read("max-bytes", MAX_BYTES, DEFAULT_MAX_BYTES),
    file: text("db"),
    forward: text("forward"),
  };
  refuseSamePort(settings);
  return settings;
}

function refuseSamePort({ httpPort, grpcPort, uiPort }: CollectorSettings): void {
  const ports = [["--http-port", httpPort], ["--grpc-port", grpcPort], [
    "--ui-port",
    uiPort,
  ]] as const;
  for (const [name, port] of ports) {
    const [other] = ports.find(([flag, taken]) => flag !== name && port !== 0 && taken === port) ??
      [];
    if (other) throw new UsageError(`Cannot use ${name} ${port}: it is the port of ${other} too`);
  }
}
