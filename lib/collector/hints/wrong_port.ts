import type { Hint } from "../model.ts";
import { TUTORIAL } from "./tutorial.ts";

/** Each of OTLP's transports has its own port. */
export type OtlpTransport = "http" | "grpc";

const NAMES = { http: "OTLP/HTTP", grpc: "OTLP/gRPC" };
const PROTOCOLS = { http: "http/protobuf", grpc: "grpc" };

/** A request that uses one transport but was sent to the port of the other. */
export interface WrongPort {
  /** The sender's protocol. */
  spoken: OtlpTransport;
  /** The correct target. */
  rightPort: number;
  /** The evidence. */
  detail: string;
}

/** One sentence for the sender, which appears in its own log. */
export function wrongPortMessage({ spoken, rightPort }: Omit<WrongPort, "detail">): string {
  const wanted = spoken === "http" ? "grpc" : "http";
  return `Cannot take ${NAMES[spoken]} on the port of ${
    NAMES[wanted]
  }: send to port ${rightPort}, ` +
    `or set OTEL_EXPORTER_OTLP_PROTOCOL=${PROTOCOLS[wanted]}`;
}

/** The hint for the user of the export inspector. */
export function wrongPort({ spoken, rightPort, detail }: WrongPort): Hint {
  return {
    id: "wrong-port",
    title: `${NAMES[spoken]} arrived on the port for ${NAMES[spoken === "http" ? "grpc" : "http"]}`,
    advice: `Nothing of it was stored. The port for ${NAMES[spoken]} is ${rightPort}.`,
    evidence: { detail },
    tutorial: TUTORIAL.exporter,
  };
}
