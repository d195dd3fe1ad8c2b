import { ask, UnreachableError } from "../backends/ask.ts";
import { isOpen } from "../conditions/port.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

const HEADERS = { "content-type": "application/json" };

/** Does the Collector's receiver take an empty export request? */
export async function receiverRung({ backends }: Climb): Promise<Rung[]> {
  const { otlpHttpUrl, otlpGrpcUrl, isEmbedded } = backends;
  const fix = isEmbedded
    ? "Start it: otel-kit guide does so by itself."
    : "Start the servers: docker compose up --wait, in collector-demo. In a container localhost is " +
      "the container itself: send to the Collector by its name there.";
  try {
    const request = { method: "POST", headers: HEADERS, body: "{}" };
    const { status } = await ask("The Collector's receiver", `${otlpHttpUrl}/v1/traces`, request);
    if (status === 200) return [whole("receiver", `OTLP/HTTP is taken at ${otlpHttpUrl}`)];
    const port = new URL(otlpHttpUrl).port;
    return [
      broken(
        "receiver",
        `what listens at ${otlpHttpUrl} answers ${status} to OTLP over HTTP`,
        `Port ${port} is not the Collector's for OTLP/HTTP, which is 4318; 4317 is for gRPC.`,
      ),
    ];
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    const speaksGrpc = await isOpen(Number(new URL(otlpHttpUrl).port || 80));
    return [
      broken(
        "receiver",
        error.message,
        speaksGrpc
          ? `Somebody listens there who does not speak HTTP: is it the port for gRPC? OTLP/HTTP is ` +
            `4318, OTLP/gRPC is 4317 (here ${otlpGrpcUrl}).`
          : fix,
      ),
    ];
  }
}
