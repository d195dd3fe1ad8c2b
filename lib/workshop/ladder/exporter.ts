import { readOwnMetrics } from "../backends/collector.ts";
import { findSpans } from "../backends/jaeger.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

const NAME = "exporter";
/** How long an SDK keeps a batch, unless it is told otherwise. */
const BATCH_DELAY_MS = 5000;

/** Does the app send what it records, to where it is taken? All behind it is known to be whole. */
export async function exporterRung(way: Climb): Promise<Rung[]> {
  const { backends, service, startedAt, environment: { variables, unknown } } = way;
  if (service === undefined) return [];
  const spans = await findSpans(backends.jaegerUrl, { service, since: startedAt });
  if (spans.length > 0) return [whole(NAME, `the app sends: ${spans.length} spans arrived`)];

  const silent = unknown === undefined
    ? "no span of the app arrived"
    : `no span of the app arrived; its settings are not known (${unknown}), so those of this ` +
      "terminal were looked at";
  const told = environmentMistake(way);
  if (told) return [broken(NAME, silent, told)];
  const refused = (await readOwnMetrics(backends.ownMetricsUrl))("otelcol_receiver_refused_spans");
  const found = `${silent}${refused > 0 ? `; the receiver refused ${refused}` : ""}`;
  const left = Math.ceil((startedAt + BATCH_DELAY_MS - Date.now()) / 1000);
  if (left > 0) {
    return [broken(NAME, found, `A batch is kept for 5 s: it may come within ${left} s more.`)];
  }
  const delay = variables["OTEL_BSP_SCHEDULE_DELAY"];
  return [
    broken(
      NAME,
      found,
      `Send a request, and wait ${
        delay ? `${delay} ms` : "5 s"
      } for the batch. Then: does the app ` +
        `send to ${backends.otlpHttpUrl} over HTTP, or to ${backends.otlpGrpcUrl} over gRPC? The ` +
        "first terminal, or otel-kit doctor, says why it could not. Is an exporter set at all?",
    ),
  ];
}

/** What in the environment keeps spans from coming; undefined if nothing does. */
function environmentMistake(
  { environment: { variables: env }, backends }: Climb,
): string | undefined {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_SAMPLER, OTEL_TRACES_EXPORTER } = env;
  if (OTEL_SDK_DISABLED?.toLowerCase() === "true") {
    return "OTEL_SDK_DISABLED=true turns everything off: unset it, and start the app again.";
  }
  if (/always_off$/.test(OTEL_TRACES_SAMPLER ?? "")) {
    return `OTEL_TRACES_SAMPLER=${OTEL_TRACES_SAMPLER} records no span: unset it, and start the app again.`;
  }
  if (OTEL_TRACES_EXPORTER === "none") {
    return "OTEL_TRACES_EXPORTER=none sends no span: unset it, and start the app again.";
  }
  const endpoint = env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] ?? env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  if (!endpoint || !URL.canParse(endpoint)) return undefined;
  const isGrpc =
    (env["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] ?? env["OTEL_EXPORTER_OTLP_PROTOCOL"]) === "grpc";
  const portOf = (url: string) => new URL(url).port;
  const wrong = isGrpc ? backends.otlpHttpUrl : backends.otlpGrpcUrl;
  const right = isGrpc ? backends.otlpGrpcUrl : backends.otlpHttpUrl;
  if (portOf(endpoint) === portOf(wrong) && portOf(wrong) !== portOf(right)) {
    return `Port ${portOf(wrong)} takes ${isGrpc ? "HTTP" : "gRPC"}, and the app is told to send ` +
      `over ${isGrpc ? "gRPC" : "HTTP"}: set the endpoint to ${right}, or change the protocol.`;
  }
  if (portOf(endpoint) !== portOf(right)) {
    return `The app is told to send to port ${portOf(endpoint)}, and the receiver is at ${right}.`;
  }
  return undefined;
}
