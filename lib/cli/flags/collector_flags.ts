import { urlHost } from "../../host.ts";
import { DEFAULT_PORTS } from "../../default_ports.ts";
import { integer, PORT, type ValueType } from "../../telemetry/value_types.ts";
import { byteSize } from "./byte_size.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues } from "./flags.ts";

const MIB = 1024 * 1024;
const DEFAULT_MAX_TRACES = 10_000;
const DEFAULT_MAX_BYTES = 256 * MIB;

/** Less could not hold the content of one export request. */
const MAX_BYTES = byteSize(16 * MIB);
const MAX_TRACES = integer({ min: 1, max: 10_000_000 });

/** The flags of every command that runs a collector. */
export const COLLECTOR_FLAGS = {
  "http-port": {
    placeholder: "N",
    help: `Port for OTLP over HTTP (default ${DEFAULT_PORTS.httpPort})`,
  },
  "grpc-port": {
    placeholder: "N",
    help: `Port for OTLP over gRPC (default ${DEFAULT_PORTS.grpcPort})`,
  },
  "ui-port": {
    placeholder: "N",
    help: `Port of the page and the HTTP API (default ${DEFAULT_PORTS.uiPort})`,
  },
  host: {
    placeholder: "ADDRESS",
    nonEmpty: true,
    help: "Address to listen on (default 127.0.0.1); any other requires the token that is printed",
  },
  "allow-host": {
    placeholder: "HOST",
    repeatable: true,
    nonEmpty: true,
    help: "Another name or address that telemetry may be sent to, such as otel.example",
  },
  db: {
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "Store telemetry in this file (default: in memory)",
  },
  "db-recover": {
    help: "If the file is damaged, save what is intact to a new file; the damaged file is kept",
  },
  forward: {
    placeholder: "URL",
    nonEmpty: true,
    help: "Forward everything to another OTLP endpoint; port 4317 implies gRPC. Protocol, " +
      "headers, and certificates come from OTEL_EXPORTER_OTLP_PROTOCOL, ..._HEADERS, " +
      "..._CERTIFICATE",
  },
  "no-mcp": {
    help: "Do not answer assistants at /mcp on the page's port (Model Context Protocol)",
  },
  "max-traces": {
    placeholder: "N",
    help: `Most traces to keep; the oldest are evicted first (default ${DEFAULT_MAX_TRACES})`,
  },
  "max-bytes": {
    placeholder: "SIZE",
    help:
      "Memory for stored telemetry and requests in flight, such as 512MB or 1GiB (default 256MiB)",
  },
} as const satisfies FlagTable;

/** The values of these flags. */
export interface CollectorSettings {
  hostname: string;
  /** Hosts that may be used for sending, in addition to those of this machine. */
  allowedHosts: readonly string[];
  httpPort: number;
  grpcPort: number;
  uiPort: number;
  maxTraces: number;
  maxBytes: number;
  file: string | undefined;
  /** Whether to save the intact part of a damaged file. */
  isRecovering: boolean;
  /** The endpoint to which everything is forwarded. */
  forward: string | undefined;
  /** Whether assistants can read what is stored at `/mcp`. */
  hasMcp: boolean;
}

/**
 * Reads the values.
 *
 * @throws {UsageError} If a value is invalid.
 */
export function readCollectorFlags(
  flags: Partial<FlagValues<typeof COLLECTOR_FLAGS>>,
  defaults: { httpPort: number; grpcPort: number; uiPort: number },
): CollectorSettings {
  type Name = "http-port" | "grpc-port" | "ui-port" | "max-traces" | "max-bytes";
  const read = <T>(name: Name, type: ValueType<T>, fallback: T): T => {
    const given = flags[name];
    if (given === undefined) return fallback;
    const value = type.parse(given);
    if (value !== undefined) return value;
    throw new UsageError(`Cannot use --${name} "${given}": expected ${type.expected}`);
  };
  const settings = {
    hostname: flags.host ?? "127.0.0.1",
    allowedHosts: (flags["allow-host"] ?? []).map(readHost),
    httpPort: read("http-port", PORT, defaults.httpPort),
    grpcPort: read("grpc-port", PORT, defaults.grpcPort),
    uiPort: read("ui-port", PORT, defaults.uiPort),
    maxTraces: read("max-traces", MAX_TRACES, DEFAULT_MAX_TRACES),
    maxBytes: read("max-bytes", MAX_BYTES, DEFAULT_MAX_BYTES),
    file: flags.db,
    isRecovering: flags["db-recover"] ?? false,
    forward: flags.forward,
    hasMcp: !(flags["no-mcp"] ?? false),
  };
  if (settings.isRecovering && settings.file === undefined) {
    throw new UsageError("Cannot use --db-recover alone: name the damaged file with --db");
  }
  refuseSamePort(settings);
  return settings;
}

/** @throws {UsageError} If there is more than a name or an address. */
function readHost(given: string): string {
  const url = `http://${urlHost(given)}`;
  if (URL.canParse(url) && new URL(url).host === urlHost(given).toLowerCase()) return given;
  throw new UsageError(`Cannot use --allow-host "${given}": expected a name or address, no port`);
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
