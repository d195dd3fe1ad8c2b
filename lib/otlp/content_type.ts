/** The encodings that a request and its response share. */
export type Encoding = "protobuf" | "json";

/** Their names over HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const CONTENT_TYPES: Readonly<Record<Encoding, string>> = {
  protobuf: "application/x-protobuf",
  json: "application/json",
};

/** The type without its parameters, in lower case; "" if there is none. */
export function mediaType(contentType: string | null | undefined): string {
  return (contentType ?? "").split(";")[0]!.trim().toLowerCase();
}

/** The encoding of a body; undefined if it is not one of OTLP's. */
export function encodingOf(contentType: string | null | undefined): Encoding | undefined {
  const type = mediaType(contentType);
  if (type === CONTENT_TYPES.protobuf) return "protobuf";
  return type === CONTENT_TYPES.json ? "json" : undefined;
}
