import { encodeMessage } from "./encode.ts";

/** gRPC's status codes: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
export const RPC_CODE = {
  OK: 0,
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** A `google.rpc.Status`: why a request was refused. */
export interface RpcStatus {
  code: number;
  message: string;
  /** Becomes a `google.rpc.BadRequest`: what is wrong in which field. */
  fieldViolations?: readonly { field: string; description: string }[];
  /** Becomes a `google.rpc.RetryInfo`. */
  retryAfterSeconds?: number;
}

/** The encodings that a request and its answer have in common. */
export type Encoding = "protobuf" | "json";

const TYPE_URL = "type.googleapis.com/google.rpc.";

/** Encodes the status as the body of an answer. */
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
