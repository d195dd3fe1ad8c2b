import * as v from "valibot";
import type { KeyValue, Span, TracesData } from "../../otlp/json.ts";
import { valueText } from "../../otlp/any_value.ts";
import { TRACES_DATA } from "../../otlp/shapes.ts";
import { ask, askForJson, readJson, readShape, UnreachableError } from "./ask.ts";

/** A span that arrived. */
export interface ArrivedSpan {
  traceId: string;
  spanId: string;
  /** Empty if it has none. */
  parentSpanId: string;
  service: string;
  name: string;
  /** 1 INTERNAL, 2 SERVER, 3 CLIENT, 4 PRODUCER, 5 CONSUMER. */
  kind: number;
  /** 0 UNSET, 1 OK, 2 ERROR. */
  status: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** In milliseconds, with a fraction. */
  durationMillis: number;
  /** As text. */
  attributes: ReadonlyMap<string, string>;
  events: readonly { name: string; attributes: ReadonlyMap<string, string> }[];
  /** The trace IDs that its links name. */
  links: readonly string[];
  /** The attributes of its resource, as text. */
  resource: ReadonlyMap<string, string>;
}

const WHO = "Jaeger";

const SERVICES = v.nullable(v.looseObject({ services: v.nullish(v.array(v.string())) }));
const TRACES = v.looseObject({ result: TRACES_DATA });

const MAX_TRACES = 200;
/** Clocks may differ: a span may start this much later than the time here. */
const AHEAD_MS = 60_000;

/** The names of all services. */
export async function listServices(url: string): Promise<string[]> {
  const value = await askForJson(WHO, `${url}/api/v3/services`);
  return readShape(WHO, url, { schema: SERVICES, value })?.services ?? [];
}

/** All spans of the traces in which a service has one that started at or after a time. */
export async function findSpans(
  url: string,
  { service, since }: { service: string; since: number },
): Promise<ArrivedSpan[]> {
  const query = new URLSearchParams({
    "query.service_name": service,
    "query.start_time_min": new Date(since).toISOString(),
    "query.start_time_max": new Date(Date.now() + AHEAD_MS).toISOString(),
    "query.num_traces": String(MAX_TRACES),
  });
  return await readTraces(`${url}/api/v3/traces?${query}`);
}

/** The spans of one trace; none while it has not arrived. */
export async function readTrace(url: string, traceId: string): Promise<ArrivedSpan[]> {
  return await readTraces(`${url}/api/v3/traces/${traceId}`);
}

/** Jaeger responds with 404 if it finds nothing, which here means: not yet. */
async function readTraces(url: string): Promise<ArrivedSpan[]> {
  const { status, text } = await ask(WHO, url);
  if (status === 404) return [];
  if (status !== 200) throw new UnreachableError(`${WHO} answered ${status} at ${url}`);
  const answer = readShape(WHO, url, { schema: TRACES, value: readJson(WHO, url, text) });
  const result = answer.result as TracesData;
  return (result.resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) => {
    const texts = textsOf(resource?.attributes);
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => arrivedSpan(span, texts)));
  });
}

function arrivedSpan(span: Span, resource: ReadonlyMap<string, string>): ArrivedSpan {
  return {
    traceId: span.traceId ?? "",
    spanId: span.spanId ?? "",
    parentSpanId: span.parentSpanId ?? "",
    service: resource.get("service.name") ?? "",
    name: span.name ?? "",
    kind: span.kind ?? 0,
    status: span.status?.code ?? 0,
    startedAt: Number(BigInt(span.startTimeUnixNano ?? 0) / 1_000_000n),
    durationMillis: Number(
      BigInt(span.endTimeUnixNano ?? 0) - BigInt(span.startTimeUnixNano ?? 0),
    ) / 1e6,
    attributes: textsOf(span.attributes),
    events: (span.events ?? []).map(({ name = "", attributes }) => ({
      name,
      attributes: textsOf(attributes),
    })),
    links: (span.links ?? []).map(({ traceId = "" }) => traceId),
    resource,
  };
}

function textsOf(attributes: readonly KeyValue[] = []): Map<string, string> {
  return new Map(attributes.map(({ key = "", value }) => [key, valueText(value)]));
}
