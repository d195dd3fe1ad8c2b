import type { DocumentPart } from "../../otlp/json_request.ts";
import type { Encoding } from "../../otlp/content_type.ts";
import type { Signal } from "../../otlp/signal.ts";
import type { Compression } from "../../otlp/content_encoding.ts";

/** A body as received. */
export interface EncodedBody {
  /** Undefined for a document, which may contain any signals. */
  signal: Signal | undefined;
  encoding: Encoding;
  bytes: Uint8Array<ArrayBuffer>;
  compression: Compression | "none";
  /** The maximum decompressed size. */
  limitBytes: number;
}

/** The content of a body. */
export interface DecodedBody {
  /** The decompressed size. */
  bodyBytes: number;
  /** Requests in protobuf. */
  parts: DocumentPart[];
}

/** To the worker. */
export interface DecodeCall extends EncodedBody {
  id: number;
}

/** From the worker. */
export type DecodeAnswer =
  | { id: number } & DecodedBody
  /** The body is malformed. */
  | { id: number; message: string; byteOffset: number | undefined }
  /** Its decompressed size exceeds the limit. */
  | { id: number; isTooLarge: true };
