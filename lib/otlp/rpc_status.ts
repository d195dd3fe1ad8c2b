import type { Encoding } from "./content_type.ts";
import { protobufToJson } from "./decode.ts";
import { encodeMessage } from "./encode.ts";
import type { MessageJson } from "./messages.ts";

/** gRPC's status codes: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
export const RPC_CODE = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** A `google.rpc.Status`: why a request was rejected. */
export interface RpcStatus {
  code: number;
  message: string;
  /** Becomes a `google.rpc.BadRequest`: the problem of each field. */
  fieldViolations?: readonly { field: string; description: string }[];
  /** Becomes a `google.rpc.RetryInfo`. */
  retryAfterSeconds?: number;
}

const TYPE_URL = "type.googleapis.com/google.rpc.";

/** Encodes the status as the body of a response. */
export function encodeRpcStatus(status: RpcStatus, encoding: Encoding): Uint8Array<ArrayBuffer> {
  return encoding === "json" ? encodeJson(status) : encodeProtobuf(status);
}

function encodeJson(
  { code, message, fieldViolations, retryAfterSeconds }: RpcStatus,
): Uint8Array<ArrayBuffer> {
  const details: object[] = [];
  if (fieldViolations) details.push({ "@type": `${TYPE_URL}BadRequest`, fieldViolations });
  if (retryAfterSeconds !== undefined) {
    details.push({ "@type": `${TYPE_URL}RetryInfo`, retryDelay: `${retryAfterSeconds}s` });
  }
  const json = { code, message, ...details.length > 0 && { details } };
  return new TextEncoder().encode(JSON.stringify(json));
}

function encodeProtobuf(
  { code, message, fieldViolations, retryAfterSeconds }: RpcStatus,
): Uint8Array<ArrayBuffer> {
  const details: { typeUrl: string; value: Uint8Array }[] = [];
  if (fieldViolations) {
    const body = encodeMessage("BadRequest", { fieldViolations });
    details.push({ typeUrl: `${TYPE_URL}BadRequest`, value: body });
  }
  if (retryAfterSeconds !== undefined) {
    const body = encodeMessage("RetryInfo", { retryDelay: { seconds: retryAfterSeconds } });
    details.push({ typeUrl: `${TYPE_URL}RetryInfo`, value: body });
  }
  return encodeMessage("RpcStatus", { code, message, details });
}

/**
 * Decodes a status in protobuf. Of its details, only the retry delay is read.
 *
 * @throws {MalformedError} If it is not one.
 */
export function decodeRpcStatus(body: Uint8Array): RpcStatus {
  const { code = 0, message = "", details = [] } = protobufToJson("RpcStatus", body);
  const retryInfo = details.find(({ typeUrl }) => typeUrl?.endsWith("/google.rpc.RetryInfo"));
  return { code, message, ...retryInfo && { retryAfterSeconds: readDelay(retryInfo) } };
}

function readDelay({ value = "" }: MessageJson<"Any">): number {
  const { retryDelay = {} } = protobufToJson("RetryInfo", Uint8Array.fromBase64(value));
  const { seconds = "0", nanos = 0 } = retryDelay;
  return Math.max(Number(seconds) + nanos / 1e9, 0);
}
