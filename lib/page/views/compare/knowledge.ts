import type { KeyValue, Span, TracesData } from "../../../otlp/json.ts";
import { readStackPlace } from "../../../stack_place.ts";
import { attributeText } from "../../../otlp/any_value.ts";
import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { toNanos } from "../../../otlp/nanos.ts";

/** One fact from the telemetry of a request. */
export interface Fact {
  kind: "span" | "event" | "exception" | "place" | "detail" | "missing";
  text: string;
  /** An addition to the text: a duration, or a time. */
  time?: string;
  /** The depth below the first span. */
  depth: number;
}

const ERROR = 2;
const EXCEPTION = "exception";
const HEADER = /^http\.(request|response)\.header\./;

/**
 * The facts about a request from the service's own spans: each with its events, its exception and the line that
 * threw it, and at the end what is missing in all of them.
 */
export function factsOf(trace: TracesData, serviceName: string): Fact[] {
  const spans = (trace.resourceSpans ?? [])
    .filter(({ resource }) => attributeText(resource?.attributes, "service.name") === serviceName)
    .flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans = [] }) => spans))
    .sort((a, b) => Number(toNanos(a.startTimeUnixNano) - toNanos(b.startTimeUnixNano)));
  if (spans.length === 0) return [];
  const parents = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
  return [
    ...spans.flatMap((span) => spanFacts(span, depthOf(span, parents))),
    ...missingFacts(spans.flatMap(({ attributes = [] }) => attributes)),
  ];
}

/** The location that threw an exception, shortened: "apps/base.ts:9"; undefined if the stack has no file. */
export function thrownAt(stack: string): string | undefined {
  const frames = stack.split("\n").filter((line) => line.trimStart().startsWith("at "));
  const place = frames.map(readStackPlace).find((place) => place !== undefined);
  return place && `${place.path.split(/[\\/]/).slice(-2).join("/")}:${place.line}`;
}

function spanFacts(span: Span, depth: number): Fact[] {
  const facts: Fact[] = [{
    kind: "span",
    text: span.name ?? "",
    time: formatDuration(between(span.startTimeUnixNano, span.endTimeUnixNano)),
    depth,
  }];
  const below = depth + 1;
  for (const { name = "", timeUnixNano, attributes } of span.events ?? []) {
    if (name !== EXCEPTION) {
      const time = formatDuration(between(span.startTimeUnixNano, timeUnixNano));
      facts.push({ kind: "event", text: name, time: `at ${time}`, depth: below });
      continue;
    }
    const type = attributeText(attributes, "exception.type");
    const message = attributeText(attributes, "exception.message");
    const text = [type, message].filter(Boolean).join(": ") || "an exception";
    facts.push({ kind: "exception", text, depth: below });
    const place = thrownAt(attributeText(attributes, "exception.stacktrace") ?? "");
    if (place) facts.push({ kind: "place", text: place, depth: below });
  }
  const hasException = span.events?.some(({ name }) => name === EXCEPTION);
  if (span.status?.code === ERROR && !hasException) {
    facts.push({ kind: "exception", text: span.status.message || "an error", depth: below });
  }
  return [...facts, ...details(span.attributes ?? [], below)];
}

function details(attributes: readonly KeyValue[], depth: number): Fact[] {
  const find = (key: string) => attributeText(attributes, key);
  const route = find("http.route");
  const status = find("http.response.status_code");
  const client = find("client.address");
  const headers = attributes.filter(({ key = "" }) => HEADER.test(key)).length;
  return [
    route && `route ${route}`,
    status && `status ${status}`,
    client && `client ${client}`,
    headers > 0 && countOf(headers, "header"),
  ].flatMap((text): Fact[] => text ? [{ kind: "detail", text, depth }] : []);
}

function missingFacts(attributes: readonly KeyValue[]): Fact[] {
  const has = (key: string) => attributes.some((attribute) => attribute.key === key);
  const missing = [
    has("http.route") ? "" : "no route",
    has("http.response.status_code") ? "" : "no status",
  ].filter(Boolean);
  return missing.length > 0 ? [{ kind: "missing", text: missing.join(", "), depth: 0 }] : [];
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

function between(from: string | undefined, to: string | undefined): number {
  return Number(toNanos(to) - toNanos(from));
}
