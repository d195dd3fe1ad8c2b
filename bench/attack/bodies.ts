import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import type { Signal } from "../../lib/otlp/signal.ts";

/** The maximum size of an inflated body. */
const BOMB_BYTES = 64 * 2 ** 20 - 200;

/** A body whose processing costs far more than its transfer. None contains data to store. */
export interface Bomb {
  name: string;
  signal: Signal;
  type: "application/json" | "application/x-protobuf";
  /** Compressed with gzip. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** Bombs of both encodings and all signals. */
export function makeBombs(): Bomb[] {
  const list = (head: string, item: string, tail: string) =>
    head + item.repeat(Math.floor(BOMB_BYTES / item.length) - 100) + tail;
  const json: [string, Signal, string][] = [
    ["nested lists", "traces", `{"a":${"[".repeat(BOMB_BYTES / 2)}`],
    ["flat lists", "traces", list('{"resourceSpans":[', "[],", "[]]}")],
    [
      "empty logs",
      "logs",
      list('{"resourceLogs":[{"scopeLogs":[{"logRecords":[', "{},", "{}]}]}]}"),
    ],
    [
      "bucket counts",
      "metrics",
      list(
        '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"histogram":{"dataPoints":[{"bucketCounts":[',
        "1,",
        "1]}]}}]}]}]}",
      ),
    ],
  ];
  const protobuf: [string, Signal, Uint8Array][] = [
    ["empty resources", "traces", new Uint8Array(Buffer.alloc(BOMB_BYTES, "\x0a\x00"))],
    ["empty spans", "traces", scoped(Buffer.alloc(BOMB_BYTES - 100, "\x12\x00"))],
    ["empty logs", "logs", scoped(Buffer.alloc(BOMB_BYTES - 100, "\x12\x00"))],
    ["empty metrics", "metrics", scoped(Buffer.alloc(BOMB_BYTES - 100, "\x12\x00"))],
    ["zeros", "traces", new Uint8Array(BOMB_BYTES)],
  ];
  return [
    ...json.map(([name, signal, text]): Bomb => ({
      name: `JSON of ${name}`,
      signal,
      type: "application/json",
      bytes: compressed(Buffer.from(text)),
    })),
    ...protobuf.map(([name, signal, bytes]): Bomb => ({
      name: `protobuf of ${name}`,
      signal,
      type: "application/x-protobuf",
      bytes: compressed(bytes),
    })),
  ];
}

/** The content of a scope of a resource. */
function scoped(contents: Uint8Array): Uint8Array {
  const delimited = (tag: number, inner: Uint8Array) =>
    Buffer.concat([Uint8Array.of(tag), varint(inner.length), inner]);
  return delimited(0x0a, delimited(0x12, contents));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push(rest & 0x7f | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

function compressed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(gzipSync(bytes, { level: 1 }));
}
