import { attributeText } from "../../../otlp/any_value.ts";
import type { CallRule, ServiceEdge } from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { KeyValue } from "../../../otlp/json.ts";
import { isErrorTag, remoteEndpoint } from "../../../zipkin_model.ts";
import { TimeSlice } from "../../time_slice.ts";
import type { SpanStore } from "../index/span_store.ts";
import type { CallPeriod } from "../store.ts";
import { IS_ERROR, KIND_MASK, ROW, STATUS_MASK } from "../tables/span_layout.ts";
import { type CallSpan, type Link, parentLinks, zipkinLinks } from "./call_links.ts";

const CLIENT = 3;
const PRODUCER = 4;

/**
 * Calls between services in traces with a span that started in the period, counted by a product's rule.
 */
export async function serviceCalls(
  store: SpanStore,
  { startUnixNano, endUnixNano }: CallPeriod,
  rule: CallRule,
): Promise<ServiceEdge[]> {
  const [start, end] = [BigInt(startUnixNano), BigInt(endUnixNano)];
  const linksOf = rule === "zipkin" ? zipkinLinks : parentLinks;
  const edges = new Map<string, ServiceEdge>();
  const slice = new TimeSlice();
  for (let trace = store.traces.ring.end - 1; trace >= store.traces.ring.first; trace--) {
    if (slice.isOver) await slice.pause();
    if (!store.traces.isLive(trace)) continue;
    const rows = [...store.rowsOf(trace)].map((row) => store.rows.ring.at(row));
    if (!rows.some((at) => isWithin(store, at, start, end))) continue;
    for (const link of linksOf(rows.map((at) => callSpan(store, at)))) addLink(edges, link);
  }
  return [...edges.values()].sort((a, b) => b.callCount - a.callCount);
}

/** The names of everything a service calls, in lower case. The service's name matches in any case. */
export async function remoteServices(store: SpanStore, serviceName: string): Promise<string[]> {
  const names = new Set<string>();
  const slice = new TimeSlice();
  const wanted = serviceName.toLowerCase();
  const { ring } = store.rows;
  for (let trace = store.traces.ring.end - 1; trace >= store.traces.ring.first; trace--) {
    if (slice.isOver) await slice.pause();
    if (!store.traces.isLive(trace)) continue;
    for (const row of store.rowsOf(trace)) {
      const at = ring.at(row);
      if (!callsOut(ring.words[at + ROW.facts]!)) continue;
      if (store.serviceAt(at).toLowerCase() !== wanted) continue;
      const name = remoteName(store, at);
      if (name) names.add(name);
    }
  }
  return [...names].sort();
}

function addLink(edges: Map<string, ServiceEdge>, { parent, child, isError }: Link): void {
  const key = JSON.stringify([parent, child]);
  const edge = edges.get(key) ?? { parent, child, callCount: 0, errorCount: 0 };
  edges.set(key, edge);
  edge.callCount++;
  if (isError) edge.errorCount++;
}

function isWithin(store: SpanStore, at: number, start: bigint, end: bigint): boolean {
  const { words } = store.rows.ring;
  const time = BigInt(words[at + ROW.start]!) << 32n | BigInt(words[at + ROW.start + 1]!);
  return time >= start && time <= end;
}

function callSpan(store: SpanStore, at: number): CallSpan {
  const { words } = store.rows.ring;
  const facts = words[at + ROW.facts]!;
  const isError = (facts & STATUS_MASK) === IS_ERROR;
  return {
    id: idText(words, at + ROW.spanId),
    parentId: idText(words, at + ROW.parentSpanId),
    kind: facts & KIND_MASK,
    service: store.serviceAt(at),
    isError,
    hasErrorTag: () => isError || hasErrorAttribute(store, at),
    remoteName: () => callsOut(facts) ? remoteName(store, at) : undefined,
  };
}

/** An id of 64 bits, which a single number would round; empty if it is missing. */
function idText(words: Uint32Array, place: number): string {
  const [upper, lower] = [words[place], words[place + 1]];
  return upper || lower ? `${upper} ${lower}` : "";
}

function callsOut(facts: number): boolean {
  const kind = facts & KIND_MASK;
  return kind === CLIENT || kind === PRODUCER;
}

function remoteName(store: SpanStore, at: number): string | undefined {
  return remoteEndpoint((key) => attributeText(attributesAt(store, at), key))?.serviceName;
}

function hasErrorAttribute(store: SpanStore, at: number): boolean {
  return isErrorTag(attributeText(attributesAt(store, at), "error"));
}

function attributesAt(store: SpanStore, at: number): KeyValue[] | undefined {
  return protobufToJson("Span", store.spanBytes(at)).attributes;
}
