import { useMemo, useRef } from "preact/hooks";
import {
  changedPlaces,
  differenceOf,
  type DiffNode,
  type DiffSide,
  listDiff,
  type PlacedDiff,
} from "../../../trace/diff.ts";
import { useRowCursor } from "../../components/row_cursor.ts";
import { useVirtualRows } from "../../components/virtual_rows.ts";
import { formatDuration } from "../../format/duration.ts";
import { formatCount } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { useNarrowView } from "../../state/narrow_view.ts";
import { hrefWith, navigate, place, traceHref } from "../../state/place.ts";
import { serviceLook } from "../../state/service_colors.ts";
import { describeDifference } from "./diff_text.ts";

const ROW_PIXELS = 36;
const NARROW_ROW_PIXELS = 62;
/** As in diff.css. */
const NARROW_PIXELS = 760;
const INDENT_PIXELS = 14;
const MOST_INDENTS = 12;
const LONGEST_NAME = 70;

export interface DiffRowsProps {
  traceIds: readonly [a: string, b: string];
  roots: readonly DiffNode[];
  /** The duration of the longer trace: the full width. */
  longerNanos: number;
}

/** A row for each place: its time in both traces, and how it differs. */
export function DiffRows({ traceIds, roots, longerNanos }: DiffRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isChangedOnly = place.value.params.get("show") === "changes";
  const places = useMemo(
    () => isChangedOnly ? changedPlaces(listDiff(roots), longerNanos) : listDiff(roots),
    [roots, longerNanos, isChangedOnly],
  );
  const rowHeightPixels = useNarrowView(NARROW_PIXELS) ? NARROW_ROW_PIXELS : ROW_PIXELS;
  const rows = useVirtualRows({ count: places.length, rowHeightPixels, scroller });
  const cursor = useRowCursor({
    count: places.length,
    list: scroller,
    onMove: rows.reveal,
    onOpen: (index) => {
      const { a, b } = places[index]!.node;
      navigate(b ? traceHref(traceIds[1], b.spanId) : traceHref(traceIds[0], a!.spanId));
    },
  });
  return (
    <>
      <label class="diff-filter">
        <input
          type="checkbox"
          checked={isChangedOnly}
          onChange={({ currentTarget: { checked } }) =>
            navigate(hrefWith({ show: checked ? "changes" : undefined }), { replace: true })}
        />{" "}
        Only what differs
      </label>
      <div
        ref={scroller}
        class="rows"
        role="treegrid"
        aria-label="Differences"
        aria-rowcount={places.length}
        aria-activedescendant={places[cursor.index] && `diff-${cursor.index}`}
        tabIndex={0}
      >
        <div
          class="rows-inner"
          role="presentation"
          style={{ height: `${rows.totalHeightPixels}px` }}
        >
          {rows.items.map(({ index, start }) => {
            const place = places[index];
            return place && (
              <DiffRow
                key={index}
                place={place}
                index={index}
                top={start}
                isSelected={index === cursor.index}
                onChoose={() => cursor.move(index)}
                traceIds={traceIds}
                longerNanos={longerNanos}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

interface DiffRowProps extends Omit<DiffRowsProps, "roots"> {
  place: PlacedDiff;
  index: number;
  top: number;
  isSelected: boolean;
  onChoose: () => void;
}

function DiffRow(
  { place: { node, level }, index, top, isSelected, onChoose, traceIds, longerNanos }: DiffRowProps,
) {
  const difference = differenceOf(node, longerNanos);
  const name = node.name === undefined ? "missing parent" : node.name || "(no name)";
  const sides = [["A", node.a, traceIds[0]], ["B", node.b, traceIds[1]]] as const;
  return (
    <div
      role="row"
      id={`diff-${index}`}
      aria-rowindex={index + 1}
      aria-level={level}
      aria-selected={isSelected}
      class={`diff-row ${difference}`}
      {...serviceLook(node.serviceName)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onChoose}
    >
      <div
        role="gridcell"
        class="diff-name"
        style={{ paddingLeft: `${Math.min(level - 1, MOST_INDENTS) * INDENT_PIXELS}px` }}
      >
        <span class="service-mark" aria-hidden="true" />
        <span class="cut" title={`${name} – ${node.serviceName || "unnamed service"}`}>
          {cutMiddle(name, LONGEST_NAME)}
          <span class="visually-hidden">, {node.serviceName}</span>
        </span>
        <CountChange node={node} />
      </div>
      <div role="gridcell" class="diff-times">
        {sides.map(([letter, side, traceId]) => (
          <Time
            key={letter}
            letter={letter}
            side={side}
            traceId={traceId}
            longerNanos={longerNanos}
          />
        ))}
      </div>
      <div role="gridcell" class={`difference ${difference}`}>
        {describeDifference(node, difference)}
      </div>
    </div>
  );
}

/** How many spans are in a place, unless it is one in each trace. */
function CountChange({ node: { a, b } }: { node: DiffNode }) {
  const [before, after] = [a?.count ?? 0, b?.count ?? 0];
  if (before <= 1 && after <= 1) return null;
  const text = before === after
    ? `× ${formatCount(after)}`
    : `× ${formatCount(before)} → ${formatCount(after)}`;
  return <span class={before === after ? "soft count" : "count"}>{text}</span>;
}

function Time({ letter, side, traceId, longerNanos }: TimeProps) {
  const whole = longerNanos || 1;
  return (
    <div class="diff-time" data-side={letter}>
      {side && (
        <>
          <div
            class={`diff-bar${side.errorCount > 0 ? " failed" : ""}`}
            style={{
              left: `${100 * side.startNanos / whole}%`,
              width: `${100 * (side.endNanos - side.startNanos) / whole}%`,
            }}
          />
          <a
            class="bar-label"
            style={{
              "--start": `${100 * side.startNanos / whole}%`,
              "--end": `${100 * side.endNanos / whole}%`,
            }}
            href={traceHref(traceId, side.spanId)}
            tabIndex={-1}
            aria-label={`${letter}: ${formatDuration(side.sumNanos)}`}
          >
            {side.errorCount > 0 && <span class="error" aria-hidden="true">✕</span>}
            {formatDuration(side.sumNanos)}
          </a>
        </>
      )}
    </div>
  );
}

interface TimeProps {
  letter: "A" | "B";
  side: DiffSide | undefined;
  traceId: string;
  longerNanos: number;
}
