import { type TraceOrder, traceOrderText, type TraceSortKey } from "../../../query/trace_order.ts";
import { hrefWith, navigate } from "../../state/place.ts";

/** A column of the trace list. */
interface Column {
  label: string;
  class: string;
  /** What it sorts by; it doesn't sort without. */
  key?: TraceSortKey;
  /** Whether the first click puts the largest on top. */
  isLargestFirst?: boolean;
}

const COLUMNS: readonly Column[] = [
  { label: "Time", class: "at-time", key: "start", isLargestFirst: true },
  { label: "Root service", class: "at-service", key: "service" },
  { label: "Root span", class: "at-name", key: "name" },
  { label: "Services", class: "at-services" },
  { label: "Errors", class: "right at-errors", key: "errors", isLargestFirst: true },
  { label: "Spans", class: "right at-spans", key: "spans", isLargestFirst: true },
  { label: "Duration", class: "right at-duration", key: "duration", isLargestFirst: true },
];

/** The order without a parameter in the URL. */
export const DEFAULT_ORDER: TraceOrder = { by: "start", isDescending: true };

/** The headings of the trace list; a click sorts, another one reverses. */
export function TraceHeadings({ order }: { order: TraceOrder }) {
  return (
    <div role="row" aria-rowindex={1} class="list-head">
      {COLUMNS.map((column) => <Heading key={column.label} column={column} order={order} />)}
    </div>
  );
}

function Heading({ column, order }: { column: Column; order: TraceOrder }) {
  const { key, label, isLargestFirst = false } = column;
  if (key === undefined) {
    return <div role="columnheader" class={column.class}>{label}</div>;
  }
  const isCurrent = order.by === key;
  const direction = order.isDescending ? "descending" : "ascending";
  const next = { by: key, isDescending: isCurrent ? !order.isDescending : isLargestFirst };
  return (
    <div role="columnheader" class={column.class} aria-sort={isCurrent ? direction : "none"}>
      <button type="button" onClick={() => sortBy(next)}>
        {label}
        <span aria-hidden="true">{isCurrent ? order.isDescending ? " ▾" : " ▴" : ""}</span>
      </button>
    </div>
  );
}

function sortBy(order: TraceOrder): void {
  const text = traceOrderText(order);
  const isDefault = text === traceOrderText(DEFAULT_ORDER);
  navigate(hrefWith({ sort: isDefault ? undefined : text }), { replace: true });
}
