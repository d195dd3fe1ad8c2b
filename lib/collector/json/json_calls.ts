import type { DocumentPart } from "../../otlp/json_request.ts";
import type { Signal } from "../../otlp/signal.ts";

/** To the worker. */
export interface JsonCall {
  id: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** Undefined of a document, which may hold any. */
  signal: Signal | undefined;
}

/** From the worker. */
export type JsonAnswer =
  | { id: number; parts: DocumentPart[] }
  /** The bytes are no such JSON. */
  | { id: number; message: string; byteOffset: number | undefined };
