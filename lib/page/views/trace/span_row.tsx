import { formatDuration } from "../../format/duration.ts";
import { cutMiddle } from "../../format/text.ts";
import { serviceLook } from "../../state/service_colors.ts";
import { ErrorSign } from "../traces/trace_row.tsx";
import type { PathSegment } from "../../../trace/critical_path.ts";
import type { SpanRow } from "./rows.ts";
import { spanNote } from "./span_note.ts";
import type { TraceSpan } from "../../../trace/spans.ts";

const LONGEST_NAME = 80;
const LONGEST_NOTE = 120;
const INDENT_PIXELS = 14;
/** Deeper levels are not indented further, to leave room for the name. */
const MOST_INDENTS = 14;

/** One span of the waterfall, or a placeholder for a missing parent. */
export function SpanRowView(
  { row, index, top, totalNanos, path, isCollapsed, isSelected, onToggle, onChoose }: SpanRowProps,
) {
  const { node, level } = row;
  const { span, children } = node;
  const isParent = children.length > 0;
  const note = span ? spanNote(span) : "";
  return (
    <div
      role="row"
      id={`span-${index}`}
      aria-rowindex={index + 1}
      aria-level={level}
      aria-posinset={row.positionInSet}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      {...(isParent && { "aria-expanded": !isCollapsed })}
      class={`span-row${span ? "" : " missing"}`}
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
          {isParent ? (isCollapsed ? "▸" : "▾") : ""}
        </span>
        <span class="service-mark" aria-hidden="true" />
        {span
          ? (
            <span class="cut" title={titleOf(span, note)}>
              {span.isError && <ErrorSign />}
              {cutMiddle(span.name || "(no name)", LONGEST_NAME)}
              <span class="visually-hidden">, {span.serviceName}</span>
              {note !== "" && <span class="soft span-note">{cutMiddle(note, LONGEST_NOTE)}</span>}
            </span>
          )
          : (
            <span class="cut soft" title={`Span ${node.spanId} is named as parent`}>
              parent {node.spanId} has not arrived
            </span>
          )}
        {isCollapsed && <span class="soft count">+{node.descendantCount}</span>}
      </div>
      <div role="gridcell" class="span-time">
        <Bar row={row} totalNanos={totalNanos} path={path} />
      </div>
    </div>
  );
}

export interface SpanRowProps {
  row: SpanRow;
  index: number;
  /** The vertical position of the row, in pixels. */
  top: number;
  /** The duration of the trace: the full width. */
  totalNanos: number;
  /** The part of the critical path in this span. */
  path: readonly PathSegment[];
  isCollapsed: boolean;
  isSelected: boolean;
  onToggle: () => void;
  onChoose: () => void;
}

function Bar(
  { row: { node }, totalNanos, path }: Pick<SpanRowProps, "row" | "totalNanos" | "path">,
) {
  const whole = totalNanos || 1;
  const left = node.startNanos / whole;
  const width = node.durationNanos / whole;
  return (
    <>
      <div
        class={`bar${node.span ? node.span.isError ? " failed" : "" : " missing"}`}
        style={{ left: percent(left), width: percent(width) }}
      />
      {path.map(({ startNanos, endNanos }) => (
        <div
          key={startNanos}
          class="critical"
          style={{
            left: percent(startNanos / whole),
            width: percent((endNanos - startNanos) / whole),
          }}
        />
      ))}
      {node.span && (
        <span
          class="bar-label"
          style={{ left: `calc(${percent(left + width)} + 6px)` }}
        >
          {formatDuration(node.durationNanos)}
        </span>
      )}
    </>
  );
}

function titleOf({ name, serviceName }: TraceSpan, note: string): string {
  const service = serviceName || "unnamed service";
  return [`${name} – ${service}`, note].filter(Boolean).join("\n");
}

function percent(share: number): string {
  return `${share * 100}%`;
}
