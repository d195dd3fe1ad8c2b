import { LineCounter, parseDocument } from "yaml";
import { isLoopback } from "../collector/guard.ts";
import { type Signal, SIGNALS } from "../otlp/signal.ts";
import { COMPONENTS, type Section } from "../workshop/collector_config/components.ts";
import { brokenPipelines, unconnected } from "../workshop/collector_config/pipelines_check.ts";
import { list, type Mapping, mapping, typeOf } from "../workshop/collector_config/yaml_maps.ts";
import { ACCEPTED, ACCEPTED_SERVICE, WITHOUT_EFFECT } from "./accepted.ts";
import { goMillis } from "./go_duration.ts";
import type { Processor } from "./process.ts";
import { readProcessor, refusedProcessor } from "./read_processor.ts";
import {
  entriesOf,
  type LinedDocument,
  lineOf,
  nameOf,
  type Refusal,
  refusalsIn,
} from "./refusals.ts";
import type { SpanMetricsConfig } from "./span_metrics.ts";

/** An address to listen on. */
export interface ListenAt {
  hostname: string;
  port: number;
}

/** An exporter over OTLP/HTTP. Times are in milliseconds. */
export interface SenderConfig {
  endpoint: string;
  compression: "gzip" | "none";
  timeoutMillis: number;
  /** In requests, for each signal. */
  queueSize: number;
  backoff: { firstMillis: number; maxMillis: number };
  maxElapsedMillis: number;
}

/** How much the exporter `debug` writes. */
export type Verbosity = "basic" | "normal" | "detailed";

/** A pipeline, with the IDs of its receivers and exporters. A connector is both. */
export interface PipelineConfig {
  signal: Signal;
  receivers: readonly string[];
  processors: readonly Processor[];
  exporters: readonly string[];
}

/** Everything that the lab reads from a Collector's configuration. */
export interface LabConfig {
  http?: ListenAt;
  grpc?: ListenAt;
  pipelines: readonly PipelineConfig[];
  /** By ID; only those that a pipeline contains. */
  senders: ReadonlyMap<string, SenderConfig>;
  debug: ReadonlyMap<string, Verbosity>;
  connectors: ReadonlyMap<string, SpanMetricsConfig>;
  /** Where the lab's own metrics go. */
  metrics?: { endpoint: string; intervalMillis: number };
  /** The processors in pipelines that change nothing here. */
  idle: readonly string[];
}

/** A file that the lab can't run. The message has a line for each reason. */
export class LabConfigError extends Error {
  override name = "LabConfigError";
}

/** The Collector's defaults: https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/exporterhelper */
const RETRY = { initial_interval: 5000, max_interval: 30_000, max_elapsed_time: 300_000 };
const QUEUE_SIZE = 1000;
const SEND_TIMEOUT_MS = 30_000;
const METRICS_INTERVAL_MS = 60_000;

/** The Collector's default addresses. */
const ADDRESSES = { http: "localhost:4318", grpc: "localhost:4317" } as const;

/**
 * Reads the part of a Collector's configuration that the lab can run. `${env:NAME:-default}` is replaced as the
 * Collector does.
 *
 * @throws {LabConfigError} If there is anything else in it, or a mistake.
 */
export function readLabConfig(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): LabConfig {
  const lines = new LineCounter();
  const document = parseDocument(withVariables(text, env), { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    throw new LabConfigError(
      `line ${lines.linePos(error.pos[0]).line}: it isn't valid YAML: ${
        error.message.split("\n")[0]
      }`,
    );
  }
  const refusals = refusalsOf({ document, lines });
  if (refusals.length > 0) {
    throw new LabConfigError(
      refusals.toSorted((a, b) => a.line - b.line)
        .map(({ line, text }) => `line ${line}: ${text}`).join("\n"),
    );
  }
  return configOf(mapping(document.toJS()));
}

function withVariables(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(
    /\$\{env:(\w+)(?::-([^}\n]*))?\}/g,
    (_, name: string, fallback = "") => env[name] || fallback,
  );
}

function refusalsOf(file: LinedDocument): Refusal[] {
  const config = mapping(file.document.toJS());
  const refusals = entriesOf(file.document.contents, file).flatMap((pair): Refusal[] => {
    const name = nameOf(pair);
    const line = lineOf(pair.key, file);
    if (name === "service") return refusalsIn(pair.value, ACCEPTED_SERVICE, name, file);
    const accepted = ACCEPTED[name as Section];
    if (!accepted) return [{ line, text: `the lab has no ${name}` }];
    return entriesOf(pair.value, file).flatMap((component) => {
      const id = nameOf(component);
      const at = lineOf(component.key, file);
      const settings = accepted.get(typeOf(id));
      if (!settings) {
        const known = [...accepted.keys()].join(", ");
        return [{ line: at, text: `the lab has no ${id} under ${name}, only ${known}` }];
      }
      const wrong = refusalsIn(component.value, settings, id, file);
      const { demand } = COMPONENTS[name as Section].get(typeOf(id)) ?? {};
      const lacks = demand?.(mapping(mapping(config[name])[id])) ?? [];
      const refused = [
        ...addressesOf(id, mapping(mapping(config[name])[id])),
        ...refusedProcessor(id, mapping(mapping(config[name])[id])),
      ];
      return wrong.length > 0 ? wrong : [
        ...lacks.map((lack) => ({ line: at, text: `${id} ${lack}` })),
        ...refused.map((text) => ({ line: at, text })),
      ];
    });
  });
  return [
    ...refusals,
    ...refusedPipelines(config, file),
    ...refusedReceivers(config),
    ...unconnected(config).map((text) => ({ line: lastLine(file), text })),
  ];
}

/** Addresses that aren't of this machine, or aren't URLs. */
function addressesOf(id: string, settings: Mapping): string[] {
  const protocols = Object.entries(mapping(settings["protocols"]));
  const { endpoint } = settings;
  return [
    ...protocols.filter(([name, protocol]) =>
      !listenAt(mapping(protocol)["endpoint"] ?? ADDRESSES[name as "http" | "grpc"])
    ).map(([name]) =>
      `${id} listens on this machine only: write endpoint: 127.0.0.1:PORT under ${name}`
    ),
    ...endpoint !== undefined && !/^https?:\/\/[^/]/.test(String(endpoint))
      ? [`${id} needs an http or https URL as its endpoint`]
      : [],
  ];
}

/** Each pipeline is checked alone, so that its line is known. */
function refusedPipelines(config: Mapping, file: LinedDocument): Refusal[] {
  const node = file.document.getIn(["service", "pipelines"]);
  const entries = entriesOf(node, file);
  const service = mapping(config["service"]);
  const without = { ...config, service: { ...service, pipelines: {} } };
  if (entries.length === 0) {
    return brokenPipelines(without).map((text) => ({ line: lastLine(file), text }));
  }
  return entries.flatMap((pair) => {
    const id = nameOf(pair);
    const line = lineOf(pair.key, file);
    if (!SIGNALS.some((signal) => signal === typeOf(id))) {
      return [{ line, text: `the lab has no pipeline ${id}, only ${SIGNALS.join(", ")}` }];
    }
    const pipelines = { [id]: mapping(service["pipelines"])[id] };
    return brokenPipelines({ ...config, service: { ...service, pipelines } })
      .map((text) => ({ line, text }));
  });
}

function refusedReceivers(config: Mapping): Refusal[] {
  const ids = Object.keys(mapping(config["receivers"]));
  return ids.length > 1
    ? [{ line: 1, text: `the lab has one receiver, not several: ${ids.join(", ")}` }]
    : [];
}

function lastLine({ document, lines }: LinedDocument): number {
  return lines.linePos(document.range?.[2] ?? 0).line;
}

function configOf(config: Mapping): LabConfig {
  const service = mapping(config["service"]);
  const pipelines = Object.entries(mapping(service["pipelines"]))
    .map(([id, pipeline]) => [typeOf(id) as Signal, mapping(pipeline)] as const);
  const named = (section: string) => [
    ...new Set(pipelines.flatMap(([, pipeline]) => list(pipeline[section]))),
  ];
  const settingsOf = (section: string, id: string) => mapping(mapping(config[section])[id]);
  const isConnector = (id: string) => Object.hasOwn(mapping(config["connectors"]), id);
  const exporters = named("exporters").filter((id) => !isConnector(id));
  const [receiver] = Object.keys(mapping(config["receivers"]));
  const protocols = mapping(settingsOf("receivers", receiver!)["protocols"]);
  const listen = (name: "http" | "grpc") =>
    Object.hasOwn(protocols, name)
      ? { [name]: listenAt(mapping(protocols[name])["endpoint"] ?? ADDRESSES[name])! }
      : {};
  const isDebug = (id: string) => typeOf(id) === "debug";
  return {
    ...listen("http"),
    ...listen("grpc"),
    pipelines: pipelines.map(([signal, pipeline]) => ({
      signal,
      receivers: list(pipeline["receivers"]),
      processors: list(pipeline["processors"]).flatMap((id) =>
        readProcessor(id, settingsOf("processors", id))
      ),
      exporters: list(pipeline["exporters"]),
    })),
    senders: new Map(
      exporters.filter((id) => !isDebug(id))
        .map((id) => [id, senderOf(settingsOf("exporters", id))]),
    ),
    debug: new Map(
      exporters.filter(isDebug).map((id) => {
        const { verbosity = "basic" } = settingsOf("exporters", id);
        return [id, String(verbosity).toLowerCase() as Verbosity];
      }),
    ),
    connectors: new Map(
      named("exporters").filter(isConnector)
        .map((id) => [id, connectorOf(settingsOf("connectors", id))]),
    ),
    ...metricsOf(mapping(mapping(service["telemetry"])["metrics"])),
    idle: named("processors").filter((id) => WITHOUT_EFFECT.has(typeOf(id))),
  };
}

function connectorOf(settings: Mapping): SpanMetricsConfig {
  const { dimensions } = settings;
  return {
    intervalMillis: goMillis(settings["metrics_flush_interval"], METRICS_INTERVAL_MS),
    dimensions: (Array.isArray(dimensions) ? dimensions : [])
      .map((dimension) => String(mapping(dimension)["name"])),
  };
}

function senderOf(settings: Mapping): SenderConfig {
  const retry = mapping(settings["retry_on_failure"]);
  const millis = (name: keyof typeof RETRY) => goMillis(retry[name], RETRY[name]);
  const { queue_size: queueSize = QUEUE_SIZE } = mapping(settings["sending_queue"]);
  return {
    endpoint: String(settings["endpoint"]),
    compression: settings["compression"] === "none" ? "none" : "gzip",
    timeoutMillis: goMillis(settings["timeout"], SEND_TIMEOUT_MS),
    queueSize: Number(queueSize),
    backoff: { firstMillis: millis("initial_interval"), maxMillis: millis("max_interval") },
    // 0 means forever in the Collector.
    maxElapsedMillis: retry["enabled"] === false ? 0 : millis("max_elapsed_time") || Infinity,
  };
}

function metricsOf({ readers }: Mapping): Pick<LabConfig, "metrics"> {
  const [reader] = Array.isArray(readers) ? readers : [];
  const { exporter, interval = METRICS_INTERVAL_MS } = mapping(mapping(reader)["periodic"]);
  const { endpoint } = mapping(mapping(exporter)["otlp"]);
  return typeof endpoint === "string"
    ? { metrics: { endpoint, intervalMillis: Number(interval) } }
    : {};
}

/** Undefined unless it is a port on the loopback interface. */
function listenAt(endpoint: unknown): ListenAt | undefined {
  const [, hostname, port] = /^(.*):(\d+)$/.exec(String(endpoint)) ?? [];
  if (hostname === undefined || Number(port) > 65_535) return undefined;
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return isLoopback(hostname) ? { hostname: bare, port: Number(port) } : undefined;
}
