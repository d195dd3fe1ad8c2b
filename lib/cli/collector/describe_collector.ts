import type { Collector } from "../../collector/collector.ts";
import { isWildcard } from "../../host.ts";
import { formatBytes } from "../flags/byte_size.ts";
import type { CollectorSettings } from "../flags/collector_flags.ts";
import { shownToken } from "./token.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";

/** The addresses of a collector, how to send to it, and how to stop it. */
export function describeCollector(
  { httpUrl, grpcUrl, uiUrl, token }: Collector,
  { maxTraces, maxBytes, file, forward }: CollectorSettings,
): string[] {
  const bearer = token === undefined ? [] : [
    "  and           export OTEL_EXPORTER_OTLP_HEADERS=" +
    `authorization=Bearer%20${shownToken(token)}`,
  ];
  return [
    `Listening on ${reachable(uiUrl)}/`,
    `  page          ${shownPageUrl({ uiUrl, token })}`,
    `  OTLP/HTTP     ${reachable(httpUrl)}`,
    `  OTLP/gRPC     ${reachable(grpcUrl)}`,
    `  keeps         ${maxTraces} traces, ${formatBytes(maxBytes)}, ${
      file === undefined ? "in memory" : `in ${file}`
    }`,
    ...forward === undefined ? [] : [`  forwards to   ${maskCredentials(forward)}`],
    "  send here     export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
    `                export OTEL_EXPORTER_OTLP_ENDPOINT=${reachable(httpUrl)}`,
    "  or            export OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
    `                export OTEL_EXPORTER_OTLP_ENDPOINT=${reachable(grpcUrl)}`,
    ...bearer,
    "  stop          Ctrl-C",
  ];
}

/** The page's URL, with the token if one is required: open it once. */
export function pageUrl({ uiUrl, token }: Pick<Collector, "uiUrl" | "token">): string {
  return `${reachable(uiUrl)}/${token === undefined ? "" : `?token=${token}`}`;
}

/** The same, as output shows it. */
export function shownPageUrl({ uiUrl, token }: Pick<Collector, "uiUrl" | "token">): string {
  return pageUrl({ uiUrl, token: token && shownToken(token) });
}

/** The URL with a host that other machines can reach. */
export function reachable(url: string): string {
  const { hostname, port } = new URL(url);
  return isWildcard(hostname) ? `http://${Deno.hostname()}:${port}` : url;
}
