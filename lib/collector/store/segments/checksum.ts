import { crc32 } from "node:zlib";
import { type Signal, SIGNALS } from "../../../otlp/signal.ts";

/** Verifies that bytes belong to this request of this signal. */
export function checksum(signal: Signal, number: number, bytes: Uint8Array): number {
  const place = number * SIGNALS.length + SIGNALS.indexOf(signal);
  return crc32(bytes, place >>> 0);
}
