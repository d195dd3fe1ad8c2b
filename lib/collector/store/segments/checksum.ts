import { crc32 } from "node:zlib";
import type { Signal } from "../../../otlp/signal.ts";
import { placeOf } from "./segment_place.ts";

/** Verifies that bytes belong to this request of this signal. */
export function checksum(signal: Signal, number: number, bytes: Uint8Array): number {
  return crc32(bytes, placeOf(signal, number) >>> 0);
}
