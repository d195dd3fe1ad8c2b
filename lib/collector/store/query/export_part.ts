import { protobufToJson } from "../../../otlp/decode.ts";
import { REQUEST_MESSAGES } from "../../../otlp/messages.ts";
import type { Signal } from "../../../otlp/signal.ts";
import type { SegmentBytes } from "../segments/segment_bytes.ts";
import { IS_DEAD, ROW } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";
import { TracesDataBuilder } from "./traces_data.ts";

const PART_BYTES = 2 ** 19;
const NEWLINE = 10;

/** Lines of an export, and where to continue; undefined at the end. */
export interface ExportPart {
  lines: Uint8Array<ArrayBuffer>;
  next?: ExportCursor;
}

/** Segment numbers: the next one, and the one where the export ends. */
export interface ExportCursor {
  segment: number;
  end: number;
  /** How many rows of the next segment were already exported. */
  skippedRows?: number;
}

/**
 * Exports some segments, starting at a cursor. Each becomes a line of OTLP JSON, or several lines if it
 * is long. For traces, that is the spans that are kept; for logs and metrics, the requests as received.
 */
export function exportPart(
  signal: Signal,
  bytes: SegmentBytes,
  spans: SpanStore,
  cursor: ExportCursor | undefined,
): ExportPart {
  const end = cursor?.end ?? bytes.end;
  let segment = Math.max(cursor?.segment ?? 0, bytes.first);
  const lines: Uint8Array[] = [];
  let length = 0;
  let skippedRows = segment === cursor?.segment ? cursor.skippedRows ?? 0 : 0;
  while (segment < Math.min(end, bytes.end) && length < PART_BYTES) {
    const { line, rows } = signal === "traces"
      ? spansLine(spans, segment, skippedRows)
      : { line: requestLine(signal, bytes.read(segment)), rows: undefined };
    if (rows === undefined) segment++;
    skippedRows = rows ?? 0;
    if (line === undefined) continue;
    lines.push(line);
    length += line.length + 1;
  }
  return {
    lines: join(lines, length),
    ...segment < end && { next: { segment, end, ...skippedRows > 0 && { skippedRows } } },
  };
}

/** A line of spans, starting at a row. If rows are left, also returns how many were exported so far. */
function spansLine(
  spans: SpanStore,
  segment: number,
  skippedRows: number,
): { line: Uint8Array | undefined; rows: number | undefined } {
  const builder = new TracesDataBuilder(spans);
  const { first, count } = spans.rowsOfSegment(segment);
  const { ring } = spans.rows;
  let row = first + skippedRows;
  for (; row < first + count && builder.byteLength < PART_BYTES; row++) {
    if ((ring.words[ring.at(row) + ROW.facts]! & IS_DEAD) === 0) builder.add(row);
  }
  return {
    line: builder.isEmpty ? undefined : builder.toBytes(),
    rows: row < first + count ? row - first : undefined,
  };
}

function requestLine(signal: "logs" | "metrics", bytes: Uint8Array): Uint8Array {
  const json = protobufToJson(REQUEST_MESSAGES[signal], bytes);
  return new TextEncoder().encode(JSON.stringify(json));
}

function join(lines: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const line of lines) {
    joined.set(line, at);
    at += line.length;
    joined[at++] = NEWLINE;
  }
  return joined;
}
