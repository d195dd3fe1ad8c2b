import type { LogEntry } from "../../../collector/model.ts";
import type { SpanLink } from "../../../otlp/json.ts";
import { CopyButton } from "../../components/copy_button.tsx";
import { Service } from "../../components/service_mark.tsx";
import { Clock } from "../../components/time.tsx";
import { valueText } from "../../../otlp/any_value.ts";
import { formatDuration } from "../../format/duration.ts";
import { countOf, formatShare } from "../../format/number.ts";
import { formatAbsolute } from "../../format/time.ts";
import { toNanos } from "../../../otlp/nanos.ts";
import { traceHref } from "../../state/place.ts";
import { oldestFirst } from "./log_order.ts";
import { groupAttributes, sortByKey } from "./attribute_groups.ts";
import { Attributes } from "./attributes.tsx";
import { closeSpan } from "./choose_span.ts";
import { useMemo } from "preact/hooks";
import {
  CONVERSATION_KEYS,
  type ConversationEvent,
  type Message,
  readConversation,
} from "../../../trace/conversation.ts";
import { Conversation } from "./conversation.tsx";
import type { PathSegment } from "../../../trace/critical_path.ts";
import { describeEntity } from "./entity.ts";
import { Exceptions, SpanEvents } from "./span_events.tsx";
import { describeFlags } from "./span_flags.ts";
import { peerOf } from "../../../trace/peer.ts";
import { kindName, missingTime, type Trace, type TraceSpan } from "../../../trace/spans.ts";

const STATUS_NAMES = ["UNSET", "OK", "ERROR"];

/** All details of one span. */
export function SpanDetail({ span, trace, path, logs }: SpanDetailProps) {
  const { events = [], links = [] } = span.span;
  const messages = useMemo(() => conversationOf(span, logs), [span, logs]);
  // The conversation shows these.
  const attributes = messages.length === 0
    ? span.span.attributes ?? []
    : span.span.attributes?.filter(({ key = "" }) => !CONVERSATION_KEYS.includes(key)) ?? [];
  return (
    <section class="detail" aria-label="Span" tabIndex={0} data-scrolls>
      <header>
        <h2>{span.name || "(no name)"}</h2>
        <button type="button" class="button small" onClick={closeSpan}>
          Close
        </button>
      </header>
      <Facts span={span} trace={trace} path={path} />
      <Exceptions events={events} />
      <Conversation messages={messages} />
      {groupAttributes(attributes).map(({ title, attributes }) => (
        <Attributes key={title} title={title} attributes={attributes} />
      ))}
      <Dropped count={span.span.droppedAttributesCount} noun="attribute" />
      <SpanEvents events={events} span={span} />
      <Dropped count={span.span.droppedEventsCount} noun="event" />
      <Links links={links} />
      <Dropped count={span.span.droppedLinksCount} noun="link" />
      <Logs logs={logs} span={span} trace={trace} />
      <Sources span={span} />
      <CopyButton text={JSON.stringify(span.span, null, 2)} label="Copy the span as JSON" />
    </section>
  );
}

export interface SpanDetailProps {
  span: TraceSpan;
  trace: Trace;
  path: readonly PathSegment[];
  /** The log records of this span. */
  logs: readonly LogEntry[];
}

function Facts({ span, trace, path }: Omit<SpanDetailProps, "logs">) {
  const { status } = span.span;
  const missing = missingTime(span.span);
  const ownNanos = path.filter(({ spanId }) => spanId === span.spanId)
    .reduce((sum, { startNanos, endNanos }) => sum + endNanos - startNanos, 0);
  return (
    <dl class="pairs">
      <dt>service</dt>
      <dd>
        <Service name={span.serviceName} />
      </dd>
      <dt>kind</dt>
      <dd>{kindName(span.kind)}</dd>
      <Fact name="calls" text={peerOf(span, childrenOf(span, trace))?.name} />
      <dt>status</dt>
      <dd class={span.isError ? "error" : ""}>
        {span.isError && "✕ "}
        {STATUS_NAMES[status?.code ?? 0] ?? status?.code}
        {status?.message && `: ${status.message}`}
      </dd>
      <dt>start</dt>
      <dd title={formatAbsolute(span.span.startTimeUnixNano)}>
        +{formatDuration(span.startNanos)}
      </dd>
      <dt>duration</dt>
      <dd>
        {missing ? `unknown: the span has ${missing}` : `${formatDuration(span.durationNanos)}, ` +
          `${formatShare(span.durationNanos, trace.durationNanos)} of the trace`}
      </dd>
      {ownNanos > 0 && (
        <>
          <dt>critical path</dt>
          <dd>{formatDuration(ownNanos)} self time</dd>
        </>
      )}
      <dt>span ID</dt>
      <dd>
        <code>{span.spanId}</code>
      </dd>
      <dt>parent</dt>
      <dd>{span.parentSpanId ? <code>{span.parentSpanId}</code> : "none (root span)"}</dd>
      <Fact name="flags" text={describeFlags(span.span.flags, "parent")} />
      <Fact name="trace state" text={span.span.traceState} />
    </dl>
  );
}

function conversationOf({ span }: TraceSpan, logs: readonly LogEntry[]): Message[] {
  const events: ConversationEvent[] = [
    ...(span.events ?? []).map(({ name = "", attributes = [] }) => ({ name, attributes })),
    ...oldestFirst(logs).map(({ eventName, attributes, body }) => ({
      name: eventName,
      attributes,
      body,
    })),
  ];
  return readConversation(span.attributes ?? [], events);
}

function childrenOf({ spanId }: TraceSpan, { spans }: Trace): TraceSpan[] {
  return spans.filter(({ parentSpanId }) => parentSpanId === spanId);
}

/** A pair that is left out if there is nothing to say. */
function Fact({ name, text }: { name: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}

/** Where the span is from: resource, entities, and scope. */
function Sources({ span: { resource, scope, source } }: { span: TraceSpan }) {
  const { entityRefs = [], droppedAttributesCount } = source.resource;
  return (
    <>
      <Attributes title="Resource" attributes={sortByKey(resource)} />
      <Dropped count={droppedAttributesCount} noun="resource attribute" />
      {entityRefs.length > 0 && (
        <section>
          <h3>Entities</h3>
          <dl class="pairs">
            {entityRefs.map((entity, index) => (
              <Fact key={index} name={entity.type ?? ""} text={describeEntity(entity)} />
            ))}
          </dl>
        </section>
      )}
      <Attributes
        title={`Scope: ${scope.name || "without name"} ${scope.version ?? ""}`}
        attributes={sortByKey(scope.attributes ?? [])}
        isAlwaysShown
      />
      <Dropped count={scope.droppedAttributesCount} noun="scope attribute" />
      {(source.resourceSchemaUrl || source.scopeSchemaUrl) && (
        <dl class="pairs">
          <Fact name="resource schema" text={source.resourceSchemaUrl} />
          <Fact name="scope schema" text={source.scopeSchemaUrl} />
        </dl>
      )}
    </>
  );
}

function Dropped({ count = 0, noun }: { count: number | undefined; noun: string }) {
  if (count === 0) return null;
  return <p class="soft">The SDK dropped {countOf(count, noun)} over its limit.</p>;
}

function Links({ links }: { links: readonly SpanLink[] }) {
  if (links.length === 0) return null;
  return (
    <section>
      <h3>Links</h3>
      {links.map((link, index) => <Link key={index} link={link} />)}
    </section>
  );
}

function Link({ link }: { link: SpanLink }) {
  const { traceId = "", spanId = "", attributes = [], droppedAttributesCount } = link;
  return (
    <div>
      <a href={traceHref(traceId, spanId)}>span {spanId} of trace {traceId}</a>
      <dl class="pairs">
        <Fact name="flags" text={describeFlags(link.flags, "linked span")} />
        <Fact name="trace state" text={link.traceState} />
      </dl>
      <Attributes attributes={attributes} />
      <Dropped count={droppedAttributesCount} noun="attribute of the link" />
    </div>
  );
}

function Logs({ logs, span, trace }: { logs: readonly LogEntry[]; span: TraceSpan; trace: Trace }) {
  if (logs.length === 0) return null;
  return (
    <section>
      <h3>Logs</h3>
      <ol class="log-lines">
        {oldestFirst(logs).map((log) => (
          <li key={log.sequence}>
            <span class="soft" title={formatAbsolute(log.timeUnixNano)}>
              {log.timeUnixNano === undefined
                ? <Clock unixNano={log.timeUnixNano} />
                : offset(log, span, trace)}
            </span>
            <b class={log.severityNumber >= 17 ? "error" : ""}>{log.severityText}</b>
            <span>{log.eventName} {valueText(log.body)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function offset(log: LogEntry, span: TraceSpan, trace: Trace): string {
  const nanos = Number(toNanos(log.timeUnixNano) - trace.startUnixNanos) - span.startNanos;
  return `+${formatDuration(nanos)}`;
}
