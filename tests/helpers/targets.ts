import { createTransport } from "../../lib/telemetry/otlp/otlp_exporter.ts";
import type { OtlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { type OtlpTransport, TransportError } from "../../lib/telemetry/otlp/transport.ts";
import { poll } from "./poll.ts";

/** A target for spans over gRPC. */
export function grpcTarget(url: string, more: Partial<OtlpTarget> = {}): OtlpTarget {
  return {
    signal: "traces",
    protocol: "grpc",
    url,
    headers: {},
    timeoutMillis: 10_000,
    compression: "none",
    certificate: undefined,
    clientKey: undefined,
    clientCertificate: undefined,
    ...more,
  };
}

/** Provides a transport to the function, then closes it. */
export async function withTransport<T>(
  target: OtlpTarget,
  use: (transport: OtlpTransport) => Promise<T>,
): Promise<T> {
  const transport = await createTransport(target);
  try {
    return await use(transport);
  } finally {
    transport.shutdown();
  }
}

/** Retries retryable failures until the body is accepted; resolves with the number of tries. */
export async function sendUntilAccepted(
  transport: OtlpTransport,
  body: Uint8Array<ArrayBuffer>,
): Promise<number> {
  let tries = 0;
  return await poll(async () => {
    tries++;
    try {
      await transport.send(body, 10_000);
      return { result: tries };
    } catch (error) {
      if (!(error instanceof TransportError && error.retryable)) throw error;
      return { answer: error.message };
    }
  }, "the server");
}

/** The error that sending fails with. */
export async function failureOf(sending: Promise<unknown>): Promise<TransportError> {
  const error = await sending.then(() => undefined, (error) => error);
  if (error instanceof TransportError) return error;
  throw error ?? new Error("It was accepted");
}
