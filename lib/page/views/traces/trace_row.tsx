import type { TraceSummary } from "../../../collector/model.ts";
import { Service } from "../../components/service_mark.tsx";
import { serviceLabel } from "../../format/service_label.ts";
import { Clock } from "../../components/time.tsx";
import { formatDuration } from "../../format/duration.ts";
import { formatCount } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { traceHref } from "../../state/place.ts";
import { PickBox } from "./picked_traces.tsx";

const LONGEST_NAME = 60;
const MOST_MARKS = 4;

/** One trace of the list. */
export function TraceRow(
  { trace, index, isSelected, top, longestNanos, isNew }: TraceRowProps,
) {
  const { root, errorCount, durationNanos } = trace;
  const name = root.name || "(no name)";
  return (
    <div
      role="row"
      id={`trace-${index}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      class={`trace-row${isNew ? " new" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" class="soft at-time">
        <PickBox trace={trace} />
        <Clock unixNano={trace.startTimeUnixNano} />
      </div>
      <div role="gridcell" class="at-service">
        <Service name={root.serviceName} />
      </div>
      <div role="gridcell" class="cut at-name">
        <a class="trace-name" href={traceHref(trace.traceId)} tabIndex={-1} title={name}>
          {cutMiddle(name, LONGEST_NAME)}
        </a>
        {!trace.hasRoot && <span class="soft">(root span missing)</span>}
      </div>
      <ServicesCell services={trace.services} />
      <div role="gridcell" class="right at-errors">
        {errorCount > 0 && (
          <span class="error">
            <span aria-hidden="true">✕</span> {formatCount(errorCount)}
            <span class="visually-hidden">{errorCount === 1 ? " error" : " errors"}</span>
          </span>
        )}
      </div>
      <div role="gridcell" class="right soft at-spans">
        {formatCount(trace.spanCount)}
        <span class="visually-hidden">{trace.spanCount === 1 ? " span" : " spans"}</span>
      </div>
      <div role="gridcell" class="right at-duration">
        {formatDuration(durationNanos)}
        <div class="length-bar" aria-hidden="true">
          <div style={{ width: `${(durationNanos / longestNanos) * 100}%` }} />
        </div>
      </div>
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

/** A mark for each service; the pointer, or the selection of the row, shows all names. */
function ServicesCell({ services }: Pick<TraceSummary, "services">) {
  const more = services.length - MOST_MARKS;
  return (
    <div role="gridcell" class="at-services">
      {services.slice(0, MOST_MARKS).map(({ name }) => <Service key={name} name={name} isShort />)}
      {more > 0 && <span class="soft">+{more}</span>}
      {services.length > 1 && (
        <div class="service-names" aria-hidden="true">
          {services.map(({ name }) => <Service key={name} name={name} />)}
        </div>
      )}
      {more > 0 && (
        <span class="visually-hidden">
          {services.slice(MOST_MARKS).map(({ name }) => serviceLabel(name)).join(", ")}
        </span>
      )}
    </div>
  );
}

/** The error sign; its word is for screen readers. */
export function ErrorSign() {
  return (
    <span class="error error-sign">
      <span aria-hidden="true">✕</span>
      <span class="visually-hidden">error:</span>
    </span>
  );
}
