import type { LogEntry } from "../../../collector/model.ts";
import { attributeText, valueText } from "../../../otlp/any_value.ts";
import type { Span, TracesData } from "../../../otlp/json.ts";
import { severityName } from "../../../otlp/severity.ts";
import { readStackPlace } from "../../../stack_place.ts";

import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { nanosBetween, toNanos } from "../../../otlp/nanos.ts";

/** What a trace can tell about a request, in the order of the rows. */
export const SUBJECTS = [
  "span",
  "event",
  "exception",
  "route",
  "status",
  "client",
  "headers",
  "logs",
  "duration",
] as const;

export type Subject = typeof SUBJECTS[number];

/** One fact from the telemetry of a request. */
export interface Fact {
  text: string;
  /** An addition to the text: a duration, a time, or a place in the code. */
  detail?: string;
  isError?: boolean;
  /** The depth of a span below the first one. */
  depth?: number;
}

/** The facts about each subject; none if it is not known. */
export type Knowledge = Record<Subject, Fact[]>;

const ERROR = 2;
const EXCEPTION = "exception";
const HEADER = /^http\.(request|response)\.header\./;
/** More log records are only counted. */
const MAX_LOGS = 3;

/** What a service's own spans and log records say about a request; undefined without a span. */
export function knowledgeOf(
  trace: TracesData,
  logs: readonly LogEntry[],
  serviceName: string,
): Knowledge | undefined {
  const spans = (trace.resourceSpans ?? [])
    .filter(({ resource }) => attributeText(resource?.attributes, "service.name") === serviceName)
    .flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans = [] }) => spans))
    .sort((a, b) => Number(toNanos(a.startTimeUnixNano) - toNanos(b.startTimeUnixNano)));
  const [root] = spans;
  if (!root) return undefined;
  const parents = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
  const headers = spans.flatMap(({ attributes = [] }) => attributes)
    .filter(({ key = "" }) => HEADER.test(key));
  return {
    span: spans.map((span) => ({
      text: span.name ?? "",
      depth: depthOf(span, parents),
      isError: span.status?.code === ERROR,
      ...spans.length > 1 && detailOf(span.startTimeUnixNano, span.endTimeUnixNano),
    })),
    event: spans.flatMap(eventFacts),
    exception: spans.flatMap(exceptionFacts),
    route: attributeFacts(spans, "http.route"),
    status: attributeFacts(spans, "http.response.status_code"),
    client: attributeFacts(spans, "client.address"),
    headers: headers.length > 0 ? [{ text: countOf(headers.length, "header") }] : [],
    logs: logFacts(logs.filter((log) => log.serviceName === serviceName)),
    duration: durationFacts(root),
  };
}

/** The location that threw an exception, shortened: "apps/base.ts:9"; undefined if the stack has no file. */
export function thrownAt(stack: string): string | undefined {
  const frames = stack.split("\n").filter((line) => line.trimStart().startsWith("at "));
  const place = frames.map(readStackPlace).find((place) => place !== undefined);
  return place && `${place.path.split(/[\\/]/).slice(-2).join("/")}:${place.line}`;
}

function eventFacts({ startTimeUnixNano, events = [] }: Span): Fact[] {
  return events.filter(({ name }) => name !== EXCEPTION).map(({ name = "", timeUnixNano }) => ({
    text: name,
    ...detailOf(startTimeUnixNano, timeUnixNano, "at "),
  }));
}

function exceptionFacts({ events = [], status }: Span): Fact[] {
  const facts = events.filter(({ name }) => name === EXCEPTION).map(({ attributes }): Fact => {
    const type = attributeText(attributes, "exception.type");
    const message = attributeText(attributes, "exception.message");
    const place = thrownAt(attributeText(attributes, "exception.stacktrace") ?? "");
    return {
      text: [type, message].filter(Boolean).join(": ") || "an exception",
      isError: true,
      ...place !== undefined && { detail: place },
    };
  });
  if (status?.code !== ERROR || facts.length > 0) return facts;
  return [{ text: status.message || "an error", isError: true }];
}

function attributeFacts(spans: readonly Span[], key: string): Fact[] {
  const values = spans.map(({ attributes }) => attributeText(attributes, key));
  return [...new Set(values)].flatMap((value) => value ? [{ text: value }] : []);
}

function logFacts(logs: readonly LogEntry[]): Fact[] {
  const facts = logs.slice(0, MAX_LOGS).map(({ severityText, severityNumber, body, eventName }) => {
    const [firstLine = ""] = (valueText(body) || eventName).split("\n");
    return { text: `${severityText || severityName(severityNumber)} ${firstLine}`.trim() };
  });
  const more = logs.length - facts.length;
  return more > 0 ? [...facts, { text: `and ${more} more` }] : facts;
}

function depthOf(span: Span, parents: ReadonlyMap<string | undefined, string | undefined>): number {
  let depth = 0;
  let parent = span.parentSpanId;
  while (parent && parents.has(parent) && depth < parents.size) {
    depth++;
    parent = parents.get(parent);
  }
  return depth;
}

function durationFacts({ startTimeUnixNano, endTimeUnixNano }: Span): Fact[] {
  const nanos = nanosBetween(startTimeUnixNano, endTimeUnixNano);
  return nanos === undefined ? [] : [{ text: formatDuration(nanos) }];
}

/** How long after another a time is; nothing if one of them is missing. */
function detailOf(
  from: string | undefined,
  to: string | undefined,
  prefix = "",
): Pick<Fact, "detail"> {
  const nanos = nanosBetween(from, to);
  return nanos === undefined ? {} : { detail: `${prefix}${formatDuration(nanos)}` };
}
