import type { ComponentChildren } from "preact";
import { formatCount } from "../../format/number.ts";
import { formatDuration } from "../../format/duration.ts";
import { cutMiddle } from "../../format/text.ts";
import { serviceLook } from "../../state/service_colors.ts";
import { ErrorSign } from "../traces/trace_row.tsx";
import type { PathSegment } from "../../../trace/critical_path.ts";
import type { Fold } from "../../../trace/fold.ts";
import { isCall } from "../../../trace/peer.ts";
import type { SpanRow } from "../../../trace/rows.ts";
import type { TraceSpan } from "../../../trace/spans.ts";
import type { TreeNode } from "../../../trace/tree.ts";
import { Bar, FoldBar } from "./bar.tsx";
import { spanNote } from "./span_note.ts";
import type { TimeWindow } from "./time_window.ts";

const LONGEST_NAME = 80;
const LONGEST_NOTE = 120;
const INDENT_PIXELS = 14;
/** Deeper levels are not indented further, to leave room for the name. */
const MOST_INDENTS = 14;
const KIND_CLIENT = 3;

/** One line of the waterfall. */
export function SpanRowView(
  { row, index, top, window, path, isFound, isSelected, onToggle, onChoose }: SpanRowProps,
) {
  const { node: { span, ...node }, fold, level, isParent, isOpen } = row;
  return (
    <div
      role="row"
      id={`span-${index}`}
      aria-rowindex={index + 1}
      aria-level={level}
      aria-posinset={row.positionInSet}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      {...(isParent && { "aria-expanded": isOpen })}
      class={`span-row${span ? "" : " missing"}${isFound ? " found" : ""}`}
      {...(span && serviceLook(span.serviceName))}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onChoose}
    >
      <div
        role="gridcell"
        class="span-name"
        style={{ paddingLeft: `${Math.min(level - 1, MOST_INDENTS) * INDENT_PIXELS}px` }}
      >
        <span
          class={`twisty${isParent ? "" : " leaf"}`}
          aria-hidden="true"
          onClick={(event) => {
            if (!isParent) return;
            event.stopPropagation();
            onToggle();
          }}
        >
          {isParent ? twistyOf(row) : ""}
        </span>
        <span class="service-mark" aria-hidden="true" />
        {isFound && <span class="visually-hidden">match:</span>}
        {fold
          ? <FoldName fold={fold} />
          : span
          ? <SpanName node={row.node} span={span} />
          : <MissingName spanId={node.spanId} />}
        {isParent && !isOpen && !fold && <span class="soft count">+{node.descendantCount}</span>}
      </div>
      <div role="gridcell" class="span-time">
        {fold
          ? <FoldBar fold={fold} path={path} window={window} />
          : <Bar node={row.node} path={path} window={window} />}
      </div>
    </div>
  );
}

export interface SpanRowProps {
  row: SpanRow;
  index: number;
  /** The vertical position of the row, in pixels. */
  top: number;
  /** The visible time. */
  window: TimeWindow;
  /** The part of the critical path in this row, in chronological order. */
  path: readonly PathSegment[];
  /** Whether the search found the span, or one of those that are folded. */
  isFound: boolean;
  isSelected: boolean;
  onToggle: () => void;
  onChoose: () => void;
}

function twistyOf({ fold, isOpen }: SpanRow): string {
  return fold ? isOpen ? "⊟" : "⊞" : isOpen ? "▾" : "▸";
}

function SpanName({ node, span }: { node: TreeNode; span: TraceSpan }) {
  const note = spanNote(span, isCall(span) ? node.children.flatMap(({ span }) => span ?? []) : []);
  return (
    <Name span={span} title={note}>
      {span.isError && <ErrorSign />}
      {cutMiddle(span.name || "(no name)", LONGEST_NAME)}
      <span class="visually-hidden">, {span.serviceName}</span>
      {note !== "" && <span class="soft span-note">{cutMiddle(note, LONGEST_NOTE)}</span>}
    </Name>
  );
}

function FoldName({ fold: { nodes, sumNanos, errorCount } }: { fold: Fold }) {
  const span = nodes[0]!.span!;
  const count = formatCount(nodes.length);
  const isCalls = span.kind === KIND_CLIENT && span.parentSpanId !== "";
  return (
    <>
      <Name span={span} title={`${count} equal spans take ${formatDuration(sumNanos)} in total`}>
        {errorCount > 0 && <ErrorSign />}
        {cutMiddle(span.name || "(no name)", LONGEST_NAME)}
        <span class="visually-hidden">, {span.serviceName},</span>
      </Name>
      <b>× {count}</b>
      {errorCount > 0 && <span class="error fold-errors">✕ {formatCount(errorCount)}</span>}
      {isCalls && <span class="soft count fold-hint">N+1?</span>}
    </>
  );
}

function Name({ span, title, children }: NameProps) {
  const service = `${span.name} – ${span.serviceName || "unnamed service"}`;
  return <span class="cut" title={[service, title].filter(Boolean).join("\n")}>{children}</span>;
}

interface NameProps {
  span: TraceSpan;
  /** Shown below the name and the service. */
  title: string;
  children: ComponentChildren;
}

function MissingName({ spanId }: { spanId: string }) {
  return (
    <span class="cut soft" title={`Span ${spanId} is named as parent`}>
      parent {spanId} has not arrived
    </span>
  );
}
