import { JAEGER_PORT, ZIPKIN_PORT } from "../../../default_ports.ts";
import type { TraceDetail } from "../../../collector/model.ts";
import { traceFileUrl } from "../../api.ts";
import { CopyButton } from "../../components/copy_button.tsx";
import { Service } from "../../components/service_mark.tsx";
import { Clock } from "../../components/time.tsx";
import { ViewLinks } from "../../components/view_links.tsx";
import { formatDuration } from "../../format/duration.ts";
import { countOf, formatCount, formatShare } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { stats } from "../../state/live.ts";
import { useMemo } from "preact/hooks";
import { useKeys } from "../../state/keyboard.ts";
import { hrefWith, isSnapshot, place, traceHref } from "../../state/place.ts";
import { chooseSpan } from "./choose_span.ts";
import type { PathSegment } from "../../../trace/critical_path.ts";
import type { Trace, TraceSpan } from "../../../trace/spans.ts";
import { largestPathShare } from "../../../trace/path_share.ts";
import type { TreeNode } from "../../../trace/tree.ts";
import { FindField } from "./find_field.tsx";
import type { SpanPointer } from "./span_pointer.ts";
import { stepFrom, Stepper } from "./stepper.tsx";

const LONGEST_NAME = 70;

const VIEWS: readonly [view: string, text: string][] = [
  ["waterfall", "Waterfall"],
  ["flame", "Flame"],
  ["sequence", "Sequence"],
  ["logs", "Logs"],
  ["raw", "Raw OTLP"],
];

/** Only with a collector, which has other traces. */
const COMPARE = ["compare", "Compare with…"] as const;

/** The trace's summary and actions. */
export function TraceHead(
  { detail: { summary, logs }, trace, roots, path, view, found, pointer }: TraceHeadProps,
) {
  const { root, services, errorCount, spanCount, traceId } = summary;
  return (
    <div class="trace-head">
      <div class="trace-title">
        {!isSnapshot.value && <a class="back" href="/traces" title="All traces (Esc)">← Traces</a>}
        <h1 title={root.name}>{cutMiddle(root.name || "(no name)", LONGEST_NAME)}</h1>
        <span class="soft trace-id" title="Trace ID">
          <code>{traceId}</code>
        </span>
        <CopyButton text={traceId} label="Copy id" />
      </div>
      <ul class="facts">
        <li>
          <b>{formatDuration(trace.durationNanos)}</b>
        </li>
        <li>{countOf(spanCount, "span")}</li>
        {errorCount > 0 && <ErrorSteps trace={trace} count={errorCount} />}
        <li>
          <Clock unixNano={summary.startTimeUnixNano} />
        </li>
        <CriticalFact trace={trace} roots={roots} path={path} />
      </ul>
      <ul class="facts trace-services">
        {services.map(({ name, spanCount }) => (
          <li key={name}>
            <Service name={name} /> <span class="soft">{spanCount}</span>
          </li>
        ))}
      </ul>
      <div class="trace-actions">
        <ViewLinks
          label="Views of the trace"
          links={[...VIEWS, ...isSnapshot.value ? [] : [COMPARE]].map(([name, text]) => ({
            text: name === "logs" && logs.length > 0
              ? `${text} (${formatCount(logs.length)})`
              : text,
            href: hrefWith({ view: name === "waterfall" ? undefined : name }),
            isCurrent: view === name,
          }))}
        />
        {!isSnapshot.value && (
          <a class="button small" href={traceFileUrl(traceId)} download={`trace-${traceId}.html`}>
            Save as HTML
          </a>
        )}
        <Elsewhere traceId={traceId} />
        {view === "waterfall" && <FindField found={found} pointer={pointer} />}
      </div>
    </div>
  );
}

export interface TraceHeadProps {
  detail: TraceDetail;
  trace: Trace;
  roots: readonly TreeNode[];
  path: readonly PathSegment[];
  view: string;
  /** The spans that the search found. */
  found: readonly TraceSpan[];
  pointer: SpanPointer;
}

/** How many spans failed, and the way from one to the next. */
function ErrorSteps({ trace, count }: { trace: Trace; count: number }) {
  const failed = useMemo(() => trace.spans.filter(({ isError }) => isError), [trace]);
  const currentId = place.value.params.get("span") ?? undefined;
  const current = failed.findIndex(({ spanId }) => spanId === currentId);
  const step = (by: 1 | -1) => {
    if (failed.length > 0) chooseSpan(stepFrom(failed, currentId, by));
  };
  useKeys({ e: () => step(1), E: () => step(-1) });
  return (
    <li class="error error-steps">
      ✕ {countOf(count, "error")}
      {current >= 0 && failed.length > 1 && (
        <span class="soft">{current + 1} of {failed.length}</span>
      )}
      <Stepper spans={failed} currentId={currentId} noun="an error" onStep={chooseSpan} />
    </li>
  );
}

/** The span, or the equal spans, with the largest share of the critical path. */
function CriticalFact({ trace, roots, path }: Pick<TraceHeadProps, "trace" | "roots" | "path">) {
  const share = useMemo(() => largestPathShare(roots, path), [roots, path]);
  if (!share) return null;
  const { span, count, nanos } = share;
  if (path.every(({ spanId }) => spanId === span.spanId)) return null;
  const name = cutMiddle(span.name || "(no name)", 40);
  return (
    <li title="What the trace waited for longest: the largest self time on the critical path">
      <span class="critical-mark" aria-hidden="true" />
      critical path: {formatShare(nanos, trace.durationNanos)} in{" "}
      <a href={hrefWith({ span: span.spanId })}>
        {count > 1 ? `${formatCount(count)} × ${name}` : name}
      </a>
    </li>
  );
}

/** Links to the trace in other backends, if telemetry is forwarded to the Collector of collector-demo. */
function Elsewhere({ traceId }: { traceId: string }) {
  const url = stats.value?.forward?.url;
  if (url === undefined || !URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  const title = "Telemetry is forwarded. Opens the trace where collector-demo sends it";
  return (
    <>
      <a
        class="button small"
        target="_blank"
        rel="noreferrer"
        title={title}
        href={`http://${hostname}:${JAEGER_PORT}/trace/${encodeURIComponent(traceId)}`}
      >
        Open in Jaeger
      </a>
      <a
        class="button small"
        target="_blank"
        rel="noreferrer"
        title={title}
        href={`http://${hostname}:${ZIPKIN_PORT}/zipkin${traceHref(traceId)}`}
      >
        Open in Zipkin
      </a>
    </>
  );
}
