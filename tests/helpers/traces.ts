import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_SERVICE_NAME,
} from "@opentelemetry/semantic-conventions";

/** How tail sampling classifies a trace. */
export type Kind = "error" | "slow" | "ordinary";

/** A service of the traces. */
export type Service = "shop" | "stock";

/** A trace of two services, sent already or not. */
export interface SentTrace {
  traceId: string;
  kind: Kind;
}

/** The number of spans in each of these traces. */
export const SPANS_PER_TRACE = 3;

const DURATION_MS: Record<Kind, number> = { error: 20, slow: 900, ordinary: 20 };

/** The services of the traces, in the order of their calls. */
export const SERVICES: readonly Service[] = ["shop", "stock"];
const OK = 200;
const SERVER = 2;
const CLIENT = 3;
const STATUS_ERROR = 2;

/** Options of {@linkcode makeTraces}. */
export interface TraceOptions {
  /** The number of the first one; other numbers have other IDs. */
  first?: number;
  /** Of so many traces, one fails and one is slow. */
  oneIn?: number;
}

/** Traces with fixed IDs, so that a sampler makes the same decisions every time. */
export async function makeTraces(
  count: number,
  { first = 0, oneIn = 20 }: TraceOptions = {},
): Promise<SentTrace[]> {
  const kinds: readonly Kind[] = ["error", "slow"];
  return await Promise.all(Array.from({ length: count }, async (_, i) => ({
    traceId: (await digest(`trace ${first + i}`)).slice(0, 32),
    kind: kinds[i % oneIn] ?? "ordinary",
  })));
}

/**
 * Sends the traces as OTLP/HTTP, with one request per service, as real services do.
 *
 * @param endpoint One for both services, or one for each.
 * @throws {Error} If the receiver rejects a request.
 */
export async function sendTraces(
  endpoint: string | Record<Service, string>,
  traces: readonly SentTrace[],
): Promise<void> {
  for (const service of SERVICES) {
    const url = typeof endpoint === "string" ? endpoint : endpoint[service];
    const { status, text } = await postSpans(url, spansBody(service, traces));
    if (status !== OK) throw new Error(`Cannot send: ${status} ${text}`);
  }
}

/** Posts a body of {@linkcode spansBody}. */
export async function postSpans(
  url: string,
  body: string,
): Promise<{ status: number; text: string }> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/v1/traces`, { method: "POST", headers, body });
  return { status: response.status, text: await response.text() };
}

/** What a service sends of the traces, which end now, as OTLP in JSON. */
export function spansBody(service: Service, traces: readonly SentTrace[]): string {
  const now = Date.now();
  return JSON.stringify({
    resourceSpans: [{
      resource: { attributes: [text(ATTR_SERVICE_NAME, service)] },
      scopeSpans: [{
        scope: { name: "traces" },
        spans: traces.flatMap((trace) => spansOf(trace, service, now)),
      }],
    }],
  });
}

function spansOf({ traceId, kind }: SentTrace, service: Service, endMillis: number) {
  const id = (n: number) => `${n}${traceId.slice(1, 16)}`;
  const failed = kind === "error";
  const span = (n: number, name: string, spanKind: number, shorterByMillis: number) => ({
    traceId,
    spanId: id(n),
    ...n > 1 && { parentSpanId: id(n - 1) },
    name,
    kind: spanKind,
    startTimeUnixNano: `${endMillis - DURATION_MS[kind] + shorterByMillis}000000`,
    endTimeUnixNano: `${endMillis - shorterByMillis}000000`,
    attributes: [
      text(ATTR_HTTP_REQUEST_METHOD, "GET"),
      ...spanKind === SERVER ? [text(ATTR_HTTP_ROUTE, name.slice("GET ".length))] : [],
      { key: ATTR_HTTP_RESPONSE_STATUS_CODE, value: { intValue: failed ? "500" : "200" } },
    ],
    ...failed && { status: { code: STATUS_ERROR } },
  });
  return service === "shop"
    ? [span(1, "GET /items", SERVER, 0), span(2, "GET", CLIENT, 1)]
    : [span(3, "GET /stock", SERVER, 2)];
}

function text(key: string, value: string) {
  return { key, value: { stringValue: value } };
}

async function digest(input: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(input));
  return new Uint8Array(bytes).toHex();
}
