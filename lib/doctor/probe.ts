import { messageOf } from "../error_message.ts";
import { createTransport } from "../telemetry/otlp/otlp_exporter.ts";
import type { OtlpTarget } from "../telemetry/otlp/target.ts";
import { TransportError } from "../telemetry/otlp/transport.ts";
import { STEP_LIMIT_MS } from "./limit.ts";

/** A server's response to an empty request. */
export interface Answer {
  target: OtlpTarget;
  /** The server accepted it. */
  accepted: boolean;
  /** The reason if it did not, in a few words, without secrets. */
  reason: string;
  /** Whether a server gave that reason. */
  answered: boolean;
  /** Whether a retry may succeed. */
  retryable: boolean;
  /** The HTTP status, if it is known. */
  httpStatus: number | undefined;
  /** The gRPC status, if it is known. */
  grpcStatus: number | undefined;
  retryAfterMillis: number | undefined;
  tookMillis: number;
}

/** An OTLP request with nothing in it, which every OTLP server accepts. */
const EMPTY = {
  "http/protobuf": new Uint8Array(),
  "http/json": new TextEncoder().encode("{}"),
  grpc: new Uint8Array(),
};

/** Sends an empty request of the target's signal. */
export async function sendEmptyRequest(
  target: OtlpTarget,
  limitMillis = STEP_LIMIT_MS,
): Promise<Answer> {
  const start = performance.now();
  const done = (answer: Partial<Answer>): Answer => ({
    target,
    accepted: false,
    reason: "",
    answered: false,
    retryable: false,
    httpStatus: undefined,
    grpcStatus: undefined,
    retryAfterMillis: undefined,
    tookMillis: performance.now() - start,
    ...answer,
  });
  let transport;
  try {
    transport = await createTransport(target);
    await transport.send(EMPTY[target.protocol], limitMillis);
    return done({ accepted: true, answered: true });
  } catch (error) {
    const reason = redact(messageOf(error), target);
    if (!(error instanceof TransportError)) return done({ reason });
    const { answered, retryable, retryAfterMillis, httpStatus, grpcStatus } = error;
    return done({ reason, answered, retryable, retryAfterMillis, httpStatus, grpcStatus });
  } finally {
    transport?.shutdown();
  }
}

/** Whether the server understands the other of the two protocols. Sends no configured headers. */
export async function speaksOtherProtocol(target: OtlpTarget): Promise<boolean> {
  const isGrpc = target.protocol === "grpc";
  const { origin } = new URL(target.url);
  const { answered, accepted, httpStatus, grpcStatus } = await sendEmptyRequest({
    ...target,
    protocol: isGrpc ? "http/protobuf" : "grpc",
    url: isGrpc ? `${origin}/v1/${target.signal}` : origin,
    headers: {},
    compression: "none",
  });
  return accepted || (answered && (isGrpc ? httpStatus : grpcStatus) !== undefined);
}

/** A server's text, without the secrets that were sent. */
function redact(text: string, { url, headers }: OtlpTarget): string {
  const { username, password, searchParams } = new URL(url);
  const secrets = [
    ...Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/)]),
    ...[username, password].flatMap((part) => [part, decode(part)]),
    ...[...searchParams.values()].flatMap((part) => [part, encodeURIComponent(part)]),
  ];
  // Shorter secrets would remove letters from every word.
  return secrets.filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
