import { formatValue } from "../../format/number.ts";

/**
 * Attributes whose values are bytes, current and former names.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
const BYTES: ReadonlySet<string> = new Set([
  "file.size",
  "http.request.body.size",
  "http.request.size",
  "http.response.body.size",
  "http.response.size",
  "http.request_content_length",
  "http.request_content_length_uncompressed",
  "http.response_content_length",
  "http.response_content_length_uncompressed",
  "messaging.message.body.size",
  "messaging.message.envelope.size",
  "rpc.message.compressed_size",
  "rpc.message.uncompressed_size",
]);

/** The value in a readable unit, if a convention gives the attribute one and it says more: "118 MiB". */
export function scaledValue(key: string, text: string): string | undefined {
  if (!BYTES.has(key) || !/^\d+$/.test(text)) return undefined;
  const scaled = formatValue(Number(text), "By");
  return scaled === `${text} B` ? undefined : scaled;
}
