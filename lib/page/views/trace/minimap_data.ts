import type { PathSegment } from "../../../trace/critical_path.ts";
import { endOf, type Trace, type TraceSpan } from "../../../trace/spans.ts";

/** How many columns the minimap has. */
export const COLUMNS = 300;

/** Consecutive columns of the same service. */
export interface Run {
  serviceName: string;
  /** The first column, and the one after the last. */
  start: number;
  end: number;
}

/** How many spans run at the same time, by column, as shares of the most: 0 to 1. */
export function densityOf({ spans, durationNanos }: Trace): number[] {
  const changes = new Int32Array(COLUMNS + 1);
  for (const span of spans) {
    changes[columnOf(span.startNanos, durationNanos)]!++;
    changes[columnOf(endOf(span), durationNanos) + 1]!--;
  }
  let running = 0;
  const counts = Array.from({ length: COLUMNS }, (_, column) => running += changes[column]!);
  const most = Math.max(1, ...counts);
  return counts.map((count) => count / most);
}

/** The columns in which some spans start. */
export function startColumns(spans: readonly TraceSpan[], durationNanos: number): number[] {
  return [...new Set(spans.map(({ startNanos }) => columnOf(startNanos, durationNanos)))];
}

/** Which service the critical path spends the most time in, by column, merged to runs. */
export function pathRuns(
  path: readonly PathSegment[],
  { spans, durationNanos }: Trace,
): Run[] {
  const services = new Map(spans.map(({ spanId, serviceName }) => [spanId, serviceName]));
  const runs: Run[] = [];
  const width = (durationNanos || 1) / COLUMNS;
  let at = 0;
  for (let column = 0; column < COLUMNS; column++) {
    const [start, end] = [column * width, (column + 1) * width];
    const spent = new Map<string, number>();
    while (at > 0 && path[at - 1]!.endNanos > start) at--;
    for (; at < path.length && path[at]!.startNanos < end; at++) {
      const { spanId, startNanos, endNanos } = path[at]!;
      const nanos = Math.min(endNanos, end) - Math.max(startNanos, start);
      const serviceName = services.get(spanId) ?? "";
      if (nanos > 0) spent.set(serviceName, (spent.get(serviceName) ?? 0) + nanos);
    }
    const [top] = [...spent].sort(([, a], [, b]) => b - a);
    if (top) addColumn(runs, top[0], column);
  }
  return runs;
}

function addColumn(runs: Run[], serviceName: string, column: number): void {
  const last = runs.at(-1);
  if (last?.serviceName === serviceName && last.end === column) last.end++;
  else runs.push({ serviceName, start: column, end: column + 1 });
}

function columnOf(nanos: number, durationNanos: number): number {
  return Math.min(COLUMNS - 1, Math.floor(nanos / (durationNanos || 1) * COLUMNS));
}
