import type { TraceSummary } from "../../../collector/model.ts";
import { Service } from "../../components/service_mark.tsx";
import { Clock } from "../../components/time.tsx";
import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { traceHref } from "../../state/place.ts";

const LONGEST_NAME = 60;
const MOST_SERVICES = 4;

/** One trace of the list. */
export function TraceRow(
  { trace, index, isSelected, top, longestNanos, isNew }: TraceRowProps,
) {
  const { root, errorCount, services, durationNanos } = trace;
  const name = root.name || "(no name)";
  return (
    <div
      role="row"
      id={`trace-${index}`}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      class={`trace-row${isNew ? " new" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" class="soft at-time">
        <Clock unixNano={trace.startTimeUnixNano} />
      </div>
      <div role="gridcell" class="cut at-name">
        {errorCount > 0 && <ErrorSign isWordShown />}
        <a class="trace-name" href={traceHref(trace.traceId)} tabIndex={-1} title={name}>
          {cutMiddle(name, LONGEST_NAME)}
        </a>
        {!trace.hasRoot && <span class="soft">(root span missing)</span>}
      </div>
      <div role="gridcell" class="at-services">
        {services.slice(0, MOST_SERVICES).map(({ name }) => (
          <Service key={name} name={name} isShort={services.length > 2} />
        ))}
        {services.length > 2 && <span class="soft">{countOf(services.length, "service")}</span>}
      </div>
      <div role="gridcell" class="right at-duration">{formatDuration(durationNanos)}</div>
      <div role="gridcell" class="at-bar">
        <div class="length-bar" aria-hidden="true">
          <div style={{ width: `${(durationNanos / longestNanos) * 100}%` }} />
        </div>
      </div>
      <div role="gridcell" class="right soft at-spans">{countOf(trace.spanCount, "span")}</div>
    </div>
  );
}

export interface TraceRowProps {
  trace: TraceSummary;
  index: number;
  isSelected: boolean;
  /** The vertical position of the row, in pixels. */
  top: number;
  /** The longest duration in the list: the full width of a bar. */
  longestNanos: number;
  /** Arrived while the list was shown. */
  isNew: boolean;
}

/** The error sign with its word, which may be only for screen readers. */
export function ErrorSign({ isWordShown = false }: { isWordShown?: boolean }) {
  return (
    <span class="error error-sign">
      <span aria-hidden="true">✕{isWordShown && " error"}</span>
      <span class="visually-hidden">error:</span>
    </span>
  );
}
