import { messageFields, submessages } from "./protobuf_reader.ts";

/**
 * How long the server asks to wait, from the header `grpc-status-details-bin`: a `google.rpc.Status`
 * (details are field 3) in base64 that holds a `google.rpc.RetryInfo` (retry_delay is field 1). It
 * decides whether RESOURCE_EXHAUSTED may be retried.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-throttling
 */
export function retryDelay(header: string | null): number | undefined {
  if (header === null) return undefined;
  return tolerant(() => {
    const status = Uint8Array.from(atob(header), (char) => char.charCodeAt(0));
    for (const any of submessages(status, 3)) {
      const [type] = submessages(any, 1);
      const [value] = submessages(any, 2);
      if (!type || !new TextDecoder().decode(type).endsWith("/google.rpc.RetryInfo")) continue;
      const [delay] = value ? submessages(value, 1) : [];
      return delay ? durationMillis(delay) : 0;
    }
    return undefined;
  });
}

/** Longer reasons are cut: they are for one line of a message. */
const MAX_REASON_LENGTH = 200;

/**
 * The reason that a server gives in the body of an HTTP error: the message (field 2) of a
 * `google.rpc.Status`, in the encoding of the request, or else the first line of a plain text.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures-1
 */
export function reasonOf(body: Uint8Array, contentType: string | null): string | undefined {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  const text = tolerant(() => {
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (type === "application/x-protobuf") {
      return decode(submessages(body, 2)[0] ?? new Uint8Array());
    }
    if (type === "application/json") return String(JSON.parse(decode(body))?.message ?? "");
    return type === "text/plain" || type === undefined ? decode(body).trim().split("\n")[0] : "";
  });
  const reason = text?.replaceAll(/[\p{Cc}\ufffd]+/gu, " ").trim();
  return reason ? reason.slice(0, MAX_REASON_LENGTH) : undefined;
}

/** What is no base64, no message or no JSON says nothing. */
export function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const isExpected = error instanceof DOMException || error instanceof RangeError ||
      error instanceof SyntaxError;
    if (!isExpected) throw error;
    return undefined;
  }
}

/** A `google.protobuf.Duration`: seconds are field 1, nanoseconds field 2, both signed varints. */
function durationMillis(duration: Uint8Array): number {
  let millis = 0;
  for (const { field, value } of messageFields(duration)) {
    if (typeof value !== "number") continue;
    const signed = value >= 2 ** 63 ? value - 2 ** 64 : value;
    millis += field === 1 ? signed * 1000 : signed / 1e6;
  }
  return Math.max(millis, 0);
}
