import { ask, UnreachableError } from "../backends/ask.ts";
import { isOpen } from "../conditions/port.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

const HEADERS = { "content-type": "application/json" };

/** Does the Collector's receiver accept an empty export request? */
export async function receiverRung({ backends }: Climb): Promise<Rung[]> {
  const { otlpHttpUrl, otlpGrpcUrl, isEmbedded } = backends;
  const fix = isEmbedded
    ? "Start it. otel-kit guide does so automatically."
    : "Start the servers: docker compose up --wait, in collector-demo. In a container, localhost is " +
      "the container itself, so use the Collector's name as its address.";
  try {
    const request = { method: "POST", headers: HEADERS, body: "{}" };
    const { status } = await ask("The Collector's receiver", `${otlpHttpUrl}/v1/traces`, request);
    if (status === 200) {
      return [whole("receiver", `the Collector accepts OTLP/HTTP at ${otlpHttpUrl}`)];
    }
    const port = new URL(otlpHttpUrl).port;
    return [
      broken(
        "receiver",
        `the program at ${otlpHttpUrl} responds to OTLP over HTTP with ${status}`,
        `Port ${port} isn't the Collector's port for OTLP/HTTP, usually 4318; 4317 is for gRPC.`,
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
          ? `The program there doesn't use HTTP: is this the port for gRPC? OTLP/HTTP uses 4318, and ` +
            `OTLP/gRPC uses 4317 (here ${otlpGrpcUrl}).`
          : fix,
      ),
    ];
  }
}
