/** The possible compressions of a body: those that the Collector and the SDKs' exporters share. */
export const COMPRESSIONS = ["gzip", "deflate", "zstd"] as const;

/** One of them, as `Content-Encoding` and `grpc-encoding` name it. */
export type Compression = (typeof COMPRESSIONS)[number];

/** Older names: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 and the Collector's for `deflate`. */
const ALIASES: Readonly<Record<string, Compression>> = { "x-gzip": "gzip", zlib: "deflate" };

/** The compression that a header names; "none" without one, undefined for any other value. */
export function compressionOf(header: string | null | undefined): Compression | "none" | undefined {
  const name = header?.trim().toLowerCase() || "identity";
  if (name === "identity") return "none";
  return COMPRESSIONS.find((one) => one === name) ??
    (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined);
}
