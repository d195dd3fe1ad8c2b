import { type Json, objectIn, objectsIn, textIn } from "./plain_json.ts";

/** The annotations that begin and end each side of a call, and the key of the other side's address. */
const SIDES = [
  { kind: "CLIENT", begin: "cs", end: "cr", address: "sa" },
  { kind: "SERVER", begin: "sr", end: "ss", address: "ca" },
  { kind: "PRODUCER", begin: "ms", end: "ws", address: "ma" },
  { kind: "CONSUMER", begin: "mr", end: "", address: "ma" },
] as const;

const CORE = new Set<unknown>(SIDES.flatMap(({ begin, end }) => [begin, end]));
const ADDRESSES = new Set<unknown>(SIDES.map(({ address }) => address));

/** Whether a span is in version 1 of Zipkin's JSON, where each annotation names its service. */
export function isV1Span({ binaryAnnotations, annotations }: Json): boolean {
  return Array.isArray(binaryAnnotations) ||
    objectsIn(annotations).some(({ endpoint }) => endpoint !== undefined);
}

/**
 * Converts a span to version 2. Client and server share a span in version 1, which becomes two.
 *
 * @see https://github.com/openzipkin/zipkin/blob/master/zipkin/src/main/java/zipkin2/v1/V1SpanConverter.java
 */
export function v1ToV2(span: Json): Json[] {
  const annotations = objectsIn(span.annotations);
  const tags = objectsIn(span.binaryAnnotations);
  const sides = sidesOf(annotations, tags);
  const ownerOf = (endpoint: unknown) =>
    sides.find((side) => serviceOf(side.endpoint) === serviceOf(endpoint)) ?? sides[0];
  const { traceId, id, parentId, name } = span;
  return sides.map((side, index) => ({
    traceId,
    id,
    parentId,
    name,
    ...side.kind !== undefined && { kind: side.kind },
    // The client's times are those of the span.
    ...timesOf(index === 0 ? span : {}, side),
    localEndpoint: side.endpoint,
    remoteEndpoint: remoteOf(side, tags),
    annotations: annotations.filter(({ value, endpoint }) =>
      !(CORE.has(value) && endpoint) && ownerOf(endpoint) === side
    ),
    tags: Object.fromEntries(
      tags.filter((tag) => !isMarker(tag) && ownerOf(tag.endpoint) === side)
        .map(({ key, value }) => [textIn(key), value]),
    ),
  }));
}

interface Side {
  kind: string | undefined;
  endpoint: unknown;
  address: string;
  begin: unknown;
  end: unknown;
}

/** The sides that recorded the span; at least one. */
function sidesOf(annotations: readonly Json[], tags: readonly Json[]): Side[] {
  const core = (name: string) =>
    annotations.find(({ value, endpoint }) => value === name && endpoint);
  const sides = SIDES.flatMap((side): Side[] => {
    const [begin, end] = [core(side.begin), core(side.end)];
    if (!begin && !end) return [];
    const { endpoint } = begin ?? end!;
    return [{ ...side, endpoint, begin: begin?.timestamp, end: end?.timestamp }];
  });
  if (sides.length > 0) return sides;
  const local = [...annotations, ...tags.filter(({ key }) => !ADDRESSES.has(key))];
  const { endpoint } = local.find(({ endpoint }) => endpoint) ?? {};
  const has = (address: string) => tags.some(({ key }) => key === address);
  const isServer = has("ca") && !has("sa");
  return [{
    kind: isServer ? "SERVER" : undefined,
    address: isServer ? "ca" : "sa",
    endpoint,
    begin: undefined,
    end: undefined,
  }];
}

function timesOf({ timestamp, duration }: Json, { begin, end }: Side): Json {
  const measured = begin !== undefined && end !== undefined
    ? Number(end) - Number(begin)
    : undefined;
  return { timestamp: timestamp ?? begin, duration: duration ?? measured };
}

/** Finagle gives a client's socket the name of the server. */
function remoteOf({ address, endpoint }: Side, tags: readonly Json[]): Json {
  const remote = objectIn(tags.find(({ key }) => key === address)?.endpoint);
  return address === "ca" && serviceOf(remote) === serviceOf(endpoint)
    ? { ...remote, serviceName: "" }
    : remote;
}

/** Addresses have no value of their own, and the key `lc` without a value only marks a local span. */
function isMarker({ key, value }: Json): boolean {
  return ADDRESSES.has(key) || (key === "lc" && value === "");
}

function serviceOf(endpoint: unknown): string {
  return textIn(objectIn(endpoint).serviceName);
}
