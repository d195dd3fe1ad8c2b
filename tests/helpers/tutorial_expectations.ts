import { assertEquals } from "@std/assert";
import { eventually, type Json } from "./poll.ts";

const JAEGER = "http://127.0.0.1:16686/api/v3/traces";
const ZIPKIN = "http://127.0.0.1:9411/api/v2/trace";
const PROMETHEUS = "http://127.0.0.1:9090/api/v1/query";
const COLLECTOR_METRICS = "http://127.0.0.1:8888/metrics";

const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];
const STATUSES = ["UNSET", "OK", "ERROR"];

/** Start of the period that counts: anything older came from another sender. */
export interface Since {
  time: Date;
  acceptedSpans: number;
}

/** The current state of the tools. */
export async function now(): Promise<Since> {
  return { time: new Date(), acceptedSpans: await acceptedSpans() };
}

/**
 * Fails unless the tools show the following, as soon as they have it:
 *
 * - `jaeger SERVICE KEY=VALUE...`: a span with all of these: name, kind, status, parent=none or some, event=NAME,
 *   or an attribute of the span, its events or its resource; `*` is any value
 * - `zipkin SERVICE KEY=VALUE...`: one of the same traces has a span with these: name, kind,
 *   annotation=NAME, or a tag
 * - `prometheus QUERY`: the query has a result
 * - `collector spans +N`: the Collector accepted N spans since then
 */
export async function expectInTools(line: string, since: Since): Promise<void> {
  const [, tool = "", rest = ""] = /^(\w+) (.*)$/.exec(line) ?? [];
  if (tool === "jaeger") await expectInJaeger(rest, since);
  else if (tool === "zipkin") await expectInZipkin(rest, since);
  else if (tool === "prometheus") await expectInPrometheus(rest);
  else if (/^collector spans \+\d+$/.test(line)) {
    await expectAccepted(Number(line.split("+")[1]), since);
  } else throw new Error(`Cannot read the expectation "${line}"`);
}

async function expectInJaeger(line: string, since: Since): Promise<void> {
  const { service, wanted } = readConditions(line);
  await eventually(
    searchUrl(service, since),
    (body) => spansOf(body).some((span) => wanted.every((condition) => holds(span, condition))),
  );
}

async function expectInZipkin(line: string, since: Since): Promise<void> {
  const { service, wanted } = readConditions(line);
  const body = await eventually(searchUrl(service, since), (body) => spansOf(body).length > 0);
  const ids = new Set(spansOf(body).map(({ traceId }) => traceId));
  for (const id of ids) {
    const spans: Json[] = await eventually(`${ZIPKIN}/${id}`, (found) => found.length > 0);
    for (const { localEndpoint } of spans) {
      assertEquals(localEndpoint.serviceName, service.toLowerCase());
    }
    if (spans.some((span) => wanted.every((condition) => holdsInZipkin(span, condition)))) return;
  }
  throw new Error(`None of the traces ${[...ids].join(", ")} in Zipkin is as wanted: ${line}`);
}

async function expectInPrometheus(query: string): Promise<void> {
  const url = `${PROMETHEUS}?${new URLSearchParams({ query })}`;
  await eventually(url, (body) => body.data.result.length > 0);
}

async function expectAccepted(count: number, since: Since): Promise<void> {
  // A count of nothing is only valid once everything was sent: before this check, an app has ended and
  // flushed.
  for (let patience = 100; patience > 0; patience--) {
    if (await acceptedSpans() - since.acceptedSpans >= count) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assertEquals(await acceptedSpans() - since.acceptedSpans, count, "spans that were accepted");
}

async function acceptedSpans(): Promise<number> {
  const text = await (await fetch(COLLECTOR_METRICS)).text();
  const lines = text.matchAll(/^otelcol_receiver_accepted_spans(?:_total)?\{.*\} (\d+)$/gm);
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
}

function searchUrl(service: string, { time }: Since): string {
  const anHour = 3_600_000;
  return `${JAEGER}?${new URLSearchParams({
    "query.service_name": service,
    "query.start_time_min": time.toISOString(),
    "query.start_time_max": new Date(time.getTime() + anHour).toISOString(),
    "query.num_traces": "100",
  })}`;
}

interface Condition {
  key: string;
  value: string;
}

function readConditions(line: string): { service: string; wanted: Condition[] } {
  const [, service = "", rest = ""] = /^(\S+)(.*)$/.exec(line) ?? [];
  const pairs = rest.matchAll(/ ([\w.-]+)=(?:"([^"]*)"|(\S+))/g);
  return {
    service,
    wanted: [...pairs].map(([, key = "", quoted, plain]) => ({
      key,
      value: quoted ?? plain ?? "",
    })),
  };
}

/** The spans of an answer, each with its resource attributes. */
function spansOf(body: Json): Json[] {
  return body.result.resourceSpans.flatMap(({ resource, scopeSpans }: Json) =>
    scopeSpans.flatMap(({ spans }: Json) => spans.map((span: Json) => ({ ...span, resource })))
  );
}

function holds(span: Json, { key, value }: Condition): boolean {
  switch (key) {
    case "name":
      return span.name === value;
    case "kind":
      return KINDS[span.kind] === value;
    case "status":
      return STATUSES[span.status?.code ?? 0] === value;
    case "parent":
      return value === (span.parentSpanId ? "some" : "none");
    case "event":
      return (span.events ?? []).some(({ name }: Json) => name === value);
    default:
      return attributesOf(span).some((attribute) =>
        attribute.key === key && (value === "*" || textOf(attribute.value) === value)
      );
  }
}

function attributesOf(span: Json): Json[] {
  return [span, span.resource, ...span.events ?? []].flatMap(({ attributes = [] }) => attributes);
}

function textOf({ arrayValue, ...value }: Json): string {
  return arrayValue ? arrayValue.values.map(textOf).join(",") : String(Object.values(value)[0]);
}

function holdsInZipkin(span: Json, { key, value }: Condition): boolean {
  if (key === "name") return span.name === value;
  if (key === "kind") return span.kind === value;
  if (key === "annotation") {
    return (span.annotations ?? []).some(({ value: text }: Json) => text.split("|")[0] === value);
  }
  const tag = span.tags?.[key];
  return tag !== undefined && (value === "*" || tag === value);
}
