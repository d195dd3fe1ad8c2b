import type { SampleSeries } from "../../lib/collector/prometheus/promql/values.ts";

/** The value that marks the end of a series: a NaN that no computation produces. */
const STALE = new Uint8Array([2, 0, 0, 0, 0, 0, 0xF0, 0x7F]);

const text = new TextEncoder();

/**
 * Writes series to a Prometheus through its remote-write protocol, with a stale marker at the end of a
 * series.
 *
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export async function remoteWrite(origin: string, series: readonly SampleSeries[]): Promise<void> {
  const response = await fetch(`${origin}/api/v1/write`, {
    method: "POST",
    headers: {
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body: snappy(join(series.map((one) => field(1, timeSeries(one))))),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`Prometheus took no series: ${response.status} ${answer}`);
}

function timeSeries({ labels, times, values, ends }: SampleSeries): Uint8Array {
  const sorted = [...labels].sort(([a], [b]) => a < b ? -1 : 1);
  const parts = sorted.map(([name, value]) =>
    field(1, join([field(1, text.encode(name)), field(2, text.encode(value))]))
  );
  for (const [i, time] of times.entries()) {
    parts.push(sample(new Uint8Array(Float64Array.of(values[i]!).buffer), time));
    const end = ends[i]!;
    const next = times[i + 1] ?? Infinity;
    if (end < next) parts.push(sample(STALE, end));
  }
  return join(parts);
}

function sample(value: Uint8Array, time: number): Uint8Array {
  return field(2, join([Uint8Array.of(1 << 3 | 1), value, Uint8Array.of(2 << 3), varint(time)]));
}

/** A length-delimited field. */
function field(number: number, bytes: Uint8Array): Uint8Array {
  return join([Uint8Array.of(number << 3 | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push(value % 128 | 128);
  return Uint8Array.of(...bytes, value);
}

/** Snappy format without compression: only literals. */
function snappy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = [varint(bytes.length)];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const piece = bytes.subarray(at, at + 65_536);
    parts.push(Uint8Array.of(61 << 2, piece.length - 1 & 255, piece.length - 1 >> 8), piece);
  }
  return join(parts);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
