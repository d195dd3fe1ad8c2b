import type { DocumentPart } from "../../otlp/json_request.ts";
import type { Encoding } from "../../otlp/content_type.ts";
import type { Signal } from "../../otlp/signal.ts";

/** A body as it came. */
export interface EncodedBody {
  /** Undefined of a document, which may hold any. */
  signal: Signal | undefined;
  encoding: Encoding;
  bytes: Uint8Array<ArrayBuffer>;
  isGzip: boolean;
  /** The most that it may inflate to. */
  limitBytes: number;
}

/** What a body holds. */
export interface DecodedBody {
  /** How long it was, inflated. */
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
  /** It inflates to more than it may. */
  | { id: number; isTooLarge: true };
