/**
 * Fills a store several times over, and prints how much memory that took.
 *
 * Arguments: what to send, the bytes that the store may take, and its file if it has one.
 */
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import type { Signal } from "../../../../lib/otlp/signal.ts";
import { allocateBytes } from "../../../../lib/large_bytes.ts";
import { encodeMessage } from "../../../../lib/otlp/encode.ts";
import { logsRequest, span, tracesRequest } from "../requests.ts";

const [kind, maxBytes, file] = Deno.args;
const limit = Number(maxBytes);

/** What is sent: how often, how much at the same time, and which requests. */
interface Flood {
  signal: Signal;
  rounds: number;
  atOnce: number;
  request: (number: number) => Uint8Array<ArrayBuffer>;
}

const padding = (length: number) => [
  { key: "padding", value: { stringValue: "x".repeat(length) } },
];

/** Requests of a hundred spans, in one trace or in a hundred. */
function spansFlood(sent: number, traceCount: number, bytes: number): Flood {
  const attributes = bytes > 0 ? padding(bytes) : [];
  const template = tracesRequest(
    Array.from(
      { length: 100 },
      (_, i) => span((i % traceCount + 1).toString(16), (i + 1).toString(16), { attributes }),
    ),
  );
  const places = Array.from(template.keys()).filter((at) =>
    template[at] === 0x0a && template[at + 1] === 16 && template[at + 18] === 0x12
  );
  const request = (number: number) => {
    const bytes = template.slice();
    const view = new DataView(bytes.buffer);
    for (const at of places) view.setUint32(at + 2, number);
    return bytes;
  };
  return { signal: "traces", rounds: sent / 800, atOnce: 8, request };
}

const FLOODS: Record<string, () => Flood> = {
  spans: () => spansFlood(4 * limit / 400, 1, 300),
  "small traces": () => spansFlood(600_000, 100, 0),
  "small log records": () => {
    const template = logsRequest(Array(1000).fill({ severityNumber: 9 }));
    return { signal: "logs", rounds: 400, atOnce: 8, request: () => template.slice() };
  },
  "huge attributes": () => ({
    signal: "traces",
    rounds: 5,
    atOnce: 1,
    request: (number) => hugeRequest(number, 60e6),
  }),
};

/** A request of one span with one attribute, written in place, as a receiver reads it. */
function hugeRequest(number: number, textBytes: number): Uint8Array<ArrayBuffer> {
  let head: number[] = [];
  const wrap = (tag: number, ...before: number[]) => {
    head = [...before, tag, ...varint(head.length + textBytes), ...head];
  };
  wrap(0x0a); // AnyValue.string_value
  wrap(0x12, 0x0a, 1, 0x78); // KeyValue.value, after the key "x"
  wrap(0x4a, ...encodeMessage("Span", span(number.toString(16), "1"))); // Span.attributes
  wrap(0x12); // ScopeSpans.spans
  wrap(0x12); // ResourceSpans.scope_spans
  wrap(0x0a); // TracesData.resource_spans
  const bytes = allocateBytes(head.length + textBytes);
  bytes.set(head);
  return bytes.fill(0x78, head.length);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...varint(value >>> 7)];
}

const store = await openStore({
  maxTraces: 1e6,
  maxBytes: limit,
  ...file !== undefined && { file },
});
const { signal, rounds, atOnce, request } = FLOODS[kind!]!();
let peakResident = 0;
let next = 1;
for (let round = 0; round < rounds; round++) {
  await Promise.all(
    Array.from({ length: atOnce }, () => store.add(signal, request(next++))),
  );
  peakResident = Math.max(peakResident, residentBytes());
}
const stats = await store.stats();
await store[Symbol.asyncDispose]();
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ ...stats, peakResident })));

/** The peak on Linux, which knows it, and elsewhere what is resident now. */
function residentBytes(): number {
  if (Deno.build.os !== "linux") return Deno.memoryUsage().rss;
  return Number(/VmHWM:\s+(\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))![1]) * 1024;
}
