import { hexIdOf, type Json, objectIn, objectsIn, textIn } from "./plain_json.ts";

/** The members with ids: protobuf's own JSON has them in base64, and OTLP's JSON in hex. */
const ID_MEMBERS = new Set(["traceId", "spanId", "parentSpanId"]);
const ENUM = /^(?:SPAN_KIND|STATUS_CODE)_([A-Z]+)$/;
const NUMBERS: Readonly<Record<string, number>> = {
  UNSPECIFIED: 0,
  INTERNAL: 1,
  SERVER: 2,
  CLIENT: 3,
  PRODUCER: 4,
  CONSUMER: 5,
  UNSET: 0,
  OK: 1,
  ERROR: 2,
};

/**
 * Reads the response of Tempo's `/api/traces/ID` (`batches`) or `/api/v2/traces/ID` (`trace`), or a trace alone:
 * OTLP, but in protobuf's own JSON, with ids in base64 and names of enums.
 */
export function readTempo(document: Json): Json {
  const trace = objectIn(document.trace);
  const batches = document.batches ?? trace.resourceSpans ?? trace.batches ??
    document.resourceSpans;
  return { resourceSpans: objectsIn(batches).map(readBatch) };
}

/** In older versions, a scope was an instrumentation library. */
function readBatch({ resource, scopeSpans, instrumentationLibrarySpans }: Json): Json {
  const scopes = objectsIn(scopeSpans ?? instrumentationLibrarySpans);
  return {
    resource,
    scopeSpans: scopes.map(({ scope, instrumentationLibrary, spans }) => ({
      scope: scope ?? instrumentationLibrary,
      spans: objectsIn(spans).map(readSpan),
    })),
  };
}

function readSpan(span: Json): Json {
  const { kind, status, links } = span;
  return {
    ...withHexIds(span),
    kind: enumIn(kind),
    status: { ...objectIn(status), code: enumIn(objectIn(status).code) },
    links: objectsIn(links).map(withHexIds),
  };
}

function withHexIds(members: Json): Json {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      ID_MEMBERS.has(name) ? hexIdOf(value) : value,
    ]),
  );
}

function enumIn(value: unknown): unknown {
  const [, name] = ENUM.exec(textIn(value)) ?? [];
  return name === undefined ? value ?? 0 : NUMBERS[name] ?? 0;
}
