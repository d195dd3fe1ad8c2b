import { ITEM_NAMES, type Signal } from "../../otlp/signal.ts";
import { isOpen } from "../conditions/port.ts";
import { readOwnMetrics } from "../backends/collector.ts";
import { findSpans } from "../backends/jaeger.ts";
import { configFileMistake } from "./config_file.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

const NAME = "exporter";
/** How long an SDK keeps a batch by default. */
const BATCH_DELAY_MS = 5000;

/** Does the app send its spans to the receiver? The links after it are known to hold. */
export async function exporterRung(way: Climb): Promise<Rung[]> {
  const { backends, service, startedAt, environment: { variables, unknown } } = way;
  if (service === undefined) return settingsRungs(way);
  const spans = await findSpans(backends.jaegerUrl, { service, since: startedAt });
  if (spans.length > 0) {
    return [whole(NAME, `the app sends spans: ${spans.length} arrived`), ...settingsRungs(way)];
  }

  const silent = unknown === undefined
    ? "no spans from the app arrived"
    : `no spans from the app arrived; its settings are unknown (${unknown}), so the guide checked ` +
      "the settings of this terminal";
  const told = environmentMistake(way);
  if (told) return [broken(NAME, silent, told)];
  if (way.labUrl !== undefined && !await isOpen(Number(new URL(way.labUrl).port))) {
    return [
      broken(
        "lab",
        `nothing is listening at ${way.labUrl}, where the lab should be`,
        "Start it in a terminal of its own, and leave it running: " +
          `${way.command} lab --config lab/collector.yaml`,
      ),
    ];
  }
  const refused = (await readOwnMetrics(backends.ownMetricsUrl))("otelcol_receiver_refused_spans");
  const found = `${silent}${refused > 0 ? `; the receiver refused ${refused}` : ""}`;
  const left = Math.ceil((startedAt + BATCH_DELAY_MS - Date.now()) / 1000);
  if (left > 0) {
    return [broken(NAME, found, `Wait for the batch, which is sent every 5 s: ${left} s left.`)];
  }
  if (way.labUrl !== undefined) {
    return [
      broken(
        NAME,
        found,
        `Send a request. The lab's terminal shows a line for each request that it gets. If there is ` +
          "one, does its traces pipeline contain otlp_http/guide, and does that send to " +
          `${backends.otlpHttpUrl}?`,
      ),
    ];
  }
  const delay = variables["OTEL_BSP_SCHEDULE_DELAY"];
  return [
    broken(
      NAME,
      found,
      `Send a request, and wait ${
        delay ? `${delay} ms` : "5 s"
      } for the batch. If that doesn't help: ` +
        `does the app send to ${backends.otlpHttpUrl} over HTTP, or to ${backends.otlpGrpcUrl} over ` +
        "gRPC? The first terminal, or otel-kit doctor, shows errors. Is an exporter set at all?",
    ),
  ];
}

/** For metrics and log records: the settings of the app that runs, as far as they are known. */
function settingsRungs(way: Climb): Rung[] {
  if (way.environment.unknown !== undefined) return [];
  const told = environmentMistake(way);
  return told ? [broken(NAME, "what the step expects from the app hasn't arrived", told)] : [];
}

/** The setting in the environment, or in a configuration file, that keeps a missing signal from arriving. */
function environmentMistake(way: Climb): string | undefined {
  const { environment: { variables: env }, program, signals } = way;
  // The file replaces all other settings.
  if (program?.configFile && env["OTEL_CONFIG_FILE"]) {
    return configFileMistake(program.configFile, way);
  }
  if (env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true") {
    return "OTEL_SDK_DISABLED=true turns everything off. Unset it, and restart the app.";
  }
  for (const signal of signals) {
    const told = signalMistake(signal, way);
    if (told) return told;
  }
  return undefined;
}

function signalMistake(signal: Signal, way: Climb): string | undefined {
  const { environment: { variables: env }, backends, labUrl = backends.otlpHttpUrl } = way;
  const name = signal.toUpperCase();
  const sampler = env["OTEL_TRACES_SAMPLER"] ?? "";
  if (signal === "traces" && /always_off$/.test(sampler)) {
    return `OTEL_TRACES_SAMPLER=${sampler} records no spans. Unset it, and restart the app.`;
  }
  if (env[`OTEL_${name}_EXPORTER`] === "none") {
    return `OTEL_${name}_EXPORTER=none sends no ${
      ITEM_NAMES[signal]
    }. Unset it, and restart the app.`;
  }
  const setting = (what: string) =>
    env[`OTEL_EXPORTER_OTLP_${name}_${what}`] ?? env[`OTEL_EXPORTER_OTLP_${what}`];
  const endpoint = setting("ENDPOINT");
  if (!endpoint || !URL.canParse(endpoint)) return undefined;
  const isGrpc = setting("PROTOCOL") === "grpc";
  const portOf = (url: string) => new URL(url).port;
  const wrong = isGrpc ? labUrl : backends.otlpGrpcUrl;
  const right = isGrpc ? backends.otlpGrpcUrl : labUrl;
  if (portOf(endpoint) === portOf(wrong) && portOf(wrong) !== portOf(right)) {
    return `Port ${portOf(wrong)} accepts ${isGrpc ? "HTTP" : "gRPC"}, but the app sends over ` +
      `${isGrpc ? "gRPC" : "HTTP"}. Set the endpoint to ${right}, or change the protocol.`;
  }
  if (portOf(endpoint) !== portOf(right)) {
    return `The app sends to port ${portOf(endpoint)}, but the receiver is at ${right}.`;
  }
  return undefined;
}
