import { sleep } from "../../time.ts";
import { UnreachableError } from "../backends/ask.ts";
import { readOwnMetrics } from "../backends/collector.ts";
import { hasArrived, sendCanary } from "../backends/canary.ts";
import { listServices } from "../backends/jaeger.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

const NAME = "collector-exporter";
const PATIENCE_MS = 8000;
const POLL_MS = 200;

/** Does the guide's test span get through the Collector into the backend? */
export async function collectorExporterRung(way: Climb): Promise<Rung[]> {
  const { backends, signal } = way;
  try {
    await listServices(backends.jaegerUrl);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return [broken("backend", error.message, "Start Jaeger, or set its address: --jaeger-url")];
  }
  const canary = await sendCanary(way);
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline && !signal?.aborted) {
    if (await hasArrived(backends, canary)) {
      return [whole(NAME, `the guide's test span got through the Collector (trace ${canary})`)];
    }
    await sleep(POLL_MS, signal);
  }
  return [
    broken(
      NAME,
      `the Collector accepted the guide's test span, but it isn't in Jaeger${await failures(
        backends,
      )}`,
      "Check the Collector's log, and the address of its exporter for Jaeger. In a container, " +
        "localhost is the container itself.",
    ),
  ];
}

async function failures({ ownMetricsUrl }: Climb["backends"]): Promise<string> {
  try {
    const metrics = await readOwnMetrics(ownMetricsUrl);
    const failed = metrics("otelcol_exporter_send_failed_spans");
    const waiting = metrics("otelcol_exporter_queue_size");
    return `; ${failed} spans failed, ${waiting} batches are queued in its exporters`;
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return "";
  }
}
