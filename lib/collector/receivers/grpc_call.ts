import { Buffer } from "node:buffer";
import type { HttpRequest, HttpResponse } from "../../http/handler.ts";
import { BodyError } from "../../http/request_body.ts";
import { encodeRpcStatus, RPC_CODE, type RpcStatus } from "../../otlp/rpc_status.ts";
import { type Compression, compressionOf, COMPRESSIONS } from "../../otlp/content_encoding.ts";
import type { Reservation } from "./admission.ts";
import { MessageReader } from "./grpc_message.ts";
import { RefusedError, tooSlow } from "./refused_error.ts";

const CONTENT_TYPE = "application/grpc";

/** A message as received. */
export interface UnaryMessage {
  body: Uint8Array<ArrayBuffer>;
  compression: Compression | "none";
  wireBytes: number;
}

/**
 * Reads the one message of a unary call.
 *
 * @throws {RefusedError} If there is not exactly one, it is too long or too slow, or its compression is
 * unknown.
 * @throws {BodyError} If the sender aborted.
 */
export async function readUnaryMessage(
  request: HttpRequest,
  limitBytes: number,
  reservation: Reservation,
): Promise<UnaryMessage> {
  const reader = new MessageReader(limitBytes, reservation);
  try {
    await reservation.receive(request.body.read((part) => reader.add(part)));
  } catch (error) {
    reader.free();
    throw error instanceof BodyError && error.reason === "slow" ? tooSlow() : error;
  }
  const { body: message, isCompressed } = reader.end();
  const { wireBytes } = reader;
  if (!isCompressed) return { body: message, compression: "none", wireBytes };
  const encoding = request.headers.get("grpc-encoding");
  const compression = compressionOf(encoding);
  if (!compression || compression === "none") {
    throw new RefusedError(415, {
      code: RPC_CODE.UNIMPLEMENTED,
      message: `Cannot inflate grpc-encoding "${encoding ?? ""}": ` +
        `expected ${COMPRESSIONS.join(", ")} or identity`,
    });
  }
  return { body: message, compression, wireBytes };
}

/** Responds with messages, each with its prefix, and the status OK. */
export function answerMessages(body: Uint8Array | AsyncIterable<Uint8Array>): HttpResponse {
  return {
    status: 200,
    headers: { "content-type": CONTENT_TYPE },
    body,
    trailers: { "grpc-status": String(RPC_CODE.OK) },
  };
}

/** Responds with only a status other than OK. */
export function answerStatus(status: RpcStatus): HttpResponse {
  const details = Buffer.from(encodeRpcStatus(status, "protobuf")).toString("base64");
  return {
    status: 200,
    headers: {
      "content-type": CONTENT_TYPE,
      "grpc-status": String(status.code),
      "grpc-message": percentEncode(status.message),
      "grpc-status-details-bin": details.replace(/={1,2}$/, ""),
      "grpc-accept-encoding": `identity,${COMPRESSIONS.join(",")}`,
    },
  };
}

/** Converts everything except printable ASCII, and also the percent sign, to percent-encoded UTF-8. */
export function percentEncode(message: string): string {
  return message.replace(
    /[^ -$&-~]+/gu,
    (part) =>
      Array.from(
        new TextEncoder().encode(part),
        (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      ).join(""),
  );
}
