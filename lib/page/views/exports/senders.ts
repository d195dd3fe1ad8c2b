import type { ExportRecord } from "../../../collector/model.ts";

/** The response in words: "200 OK", "gRPC 3 INVALID_ARGUMENT". */
export function answerOf({ protocol, status }: ExportRecord): string {
  const [names, prefix] = protocol === "grpc" ? [GRPC_STATUS, "gRPC "] : [HTTP_STATUS, ""];
  return `${prefix}${status} ${names[status] ?? ""}`.trimEnd();
}

/** The ids of the newest request of each sender. */
export function latestOfSenders(newestFirst: readonly ExportRecord[]): ReadonlySet<number> {
  const latest = new Map<string, number>();
  for (const record of newestFirst) {
    const sender = senderOf(record);
    if (!latest.has(sender)) latest.set(sender, record.id);
  }
  return new Set(latest.values());
}

/** The sender: the services, or the program if these are unknown. */
export function senderOf({ serviceNames, userAgent, peer }: ExportRecord): string {
  const services = serviceNames.filter(Boolean).join(", ");
  return services || userAgent || peer;
}

const HTTP_STATUS: Record<number, string> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const GRPC_STATUS = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];
