import { DEFAULT_PORT } from "../../lib/cli/flags/app_flags.ts";
import {
  CLASS_PORT,
  DEFAULT_PORTS,
  JAEGER_PORT,
  PROMETHEUS_EXPORTER_PORT,
  PROMETHEUS_PORT,
  ZIPKIN_PORT,
} from "../../lib/default_ports.ts";
import { generatedNote, table } from "./markdown.ts";

/** The page of the ports that commands listen on or connect to. */
export function portsPage(): string {
  const { httpPort, grpcPort, uiPort } = DEFAULT_PORTS;
  const rows: [number | string, string][] = [
    [httpPort, "OTLP over HTTP: `collector`, `demo`, `guide`. SDKs send here by default"],
    [grpcPort, "OTLP over gRPC: the same commands. An endpoint with this port implies gRPC"],
    [uiPort, "The page and the [HTTP API](http-api.md) of the same commands"],
    [CLASS_PORT, "The page of `class`, and where the guides of a class report"],
    [
      DEFAULT_PORT,
      `The app of \`serve\` and \`auto\`. \`demo\` uses ${DEFAULT_PORT} to ${DEFAULT_PORT + 3}`,
    ],
    [PROMETHEUS_EXPORTER_PORT, "Metrics for Prometheus, with `--metrics-exporter prometheus`"],
    [JAEGER_PORT, "Jaeger of [collector-demo](../../collector-demo/README.md)"],
    [ZIPKIN_PORT, "Zipkin of collector-demo"],
    [PROMETHEUS_PORT, "Prometheus of collector-demo"],
    [
      "8888, 8889, 13133, 55679, 1888",
      "The Collector of collector-demo: its own metrics, exported metrics, health, zPages, pprof",
    ],
  ];
  return [
    "# Ports",
    generatedNote("`lib/default_ports.ts`"),
    table(["Port", "Use"], rows.map(([port, use]) => [String(port), use])),
    "`demo` and `guide` move to free ports if these are taken. Port 0 means any free port.",
  ].join("\n\n");
}
