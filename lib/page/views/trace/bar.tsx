import type { ComponentChildren } from "preact";
import { formatDuration } from "../../format/duration.ts";
import type { PathSegment } from "../../../trace/critical_path.ts";
import type { Fold } from "../../../trace/fold.ts";
import { missingTime } from "../../../trace/spans.ts";
import type { TreeNode } from "../../../trace/tree.ts";
import { shareOf, type TimeWindow } from "./time_window.ts";

/** Bars of a fold are merged at this resolution. */
const STEPS = 400;

/** The time of a span, of which only what is in the window is drawn, and its part of the critical path. */
export function Bar({ node, path, window }: BarProps) {
  const kind = !node.span ? " missing" : node.span.isError ? " failed" : "";
  const endNanos = node.startNanos + node.durationNanos;
  return (
    <>
      <Piece class={`bar${kind}`} start={node.startNanos} end={endNanos} window={window} />
      <Pieces class="critical" times={path} window={window} />
      {node.span && (
        <Label endNanos={endNanos} startNanos={node.startNanos} window={window}>
          {missingTime(node.span.span) ?? formatDuration(node.durationNanos)}
        </Label>
      )}
    </>
  );
}

export interface BarProps {
  node: TreeNode;
  path: readonly PathSegment[];
  window: TimeWindow;
}

/** The times of all spans of a fold, of those that failed, and the sum. */
export function FoldBar({ fold, path, window }: FoldBarProps) {
  const failed = fold.nodes.filter(({ span }) => span?.isError).map(timeOf);
  return (
    <>
      <Pieces class="bar" times={fold.nodes.map(timeOf)} window={window} />
      <Pieces class="bar failed" times={failed} window={window} />
      <Pieces class="critical" times={path} window={window} />
      <Label startNanos={fold.startNanos} endNanos={fold.endNanos} window={window} isWide>
        sum {formatDuration(fold.sumNanos)}
      </Label>
    </>
  );
}

export interface FoldBarProps {
  fold: Fold;
  /** In chronological order. */
  path: readonly PathSegment[];
  window: TimeWindow;
}

function timeOf({ startNanos, durationNanos }: TreeNode): TimeWindow {
  return { startNanos, endNanos: startNanos + durationNanos };
}

/** Many pieces of one bar, merged to as few as can be told apart. */
function Pieces({ class: name, times, window }: PiecesProps) {
  return (
    <>
      {merged(times, window).map(({ startNanos, endNanos }) => (
        <Piece key={startNanos} class={name} start={startNanos} end={endNanos} window={window} />
      ))}
    </>
  );
}

interface PiecesProps {
  class: string;
  /** In chronological order. */
  times: readonly TimeWindow[];
  window: TimeWindow;
}

/** The times in the window, in chronological order; those that would touch are one. */
function merged(times: readonly TimeWindow[], window: TimeWindow): TimeWindow[] {
  const step = (window.endNanos - window.startNanos) / STEPS;
  const all: TimeWindow[] = [];
  for (const { startNanos, endNanos } of times) {
    if (endNanos < window.startNanos || startNanos > window.endNanos) continue;
    const last = all.at(-1);
    if (last && startNanos - last.endNanos < step) {
      last.endNanos = Math.max(last.endNanos, endNanos);
    } else all.push({ startNanos, endNanos });
  }
  return all;
}

function Piece({ class: name, start, end, window }: PieceProps) {
  const left = Math.max(0, shareOf(start, window));
  const right = Math.min(1, shareOf(end, window));
  if (right < 0 || left > 1) return null;
  return <div class={name} style={{ left: percent(left), width: percent(right - left) }} />;
}

interface PieceProps {
  class: string;
  start: number;
  end: number;
  window: TimeWindow;
}

/** A duration next to its bar; at the right edge, on top of it, or before it if it is too short. */
function Label({ startNanos, endNanos, window, isWide, children }: LabelProps) {
  const end = shareOf(endNanos, window);
  if (end < 0) return <span class="bar-label outside">‹ {children}</span>;
  if (shareOf(startNanos, window) > 1) {
    return <span class="bar-label outside right">{children} ›</span>;
  }
  return (
    <span
      class={`bar-label${isWide ? " wide" : ""}`}
      style={{
        "--start": percent(Math.max(0, shareOf(startNanos, window))),
        "--end": percent(Math.min(1, end)),
      }}
    >
      {children}
    </span>
  );
}

interface LabelProps extends TimeWindow {
  window: TimeWindow;
  isWide?: boolean;
  children: ComponentChildren;
}

function percent(share: number): string {
  return `${share * 100}%`;
}
