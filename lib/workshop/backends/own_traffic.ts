import { randomId } from "./random_id.ts";

/** The service name of the guide's test spans. */
export const CANARY_SERVICE = "otel-kit-canary";

/** The instrumentation scope of the guide's test spans, and the user agent of its requests. */
export const OWN_NAME = "otel-kit guide";

/** The header of the guide's own requests to the learner's app. */
const OWN_HEADER = "otel-kit-guide";

/** The trace IDs of the guide's own requests begin with these characters: "guide" in hex. */
const OWN_TRACES = "6775696465";

const USER_AGENT_KEYS = [
  "user_agent.original",
  "http.user_agent",
  "http.request.header.user-agent",
];

/** Counts the test spans that the guide sent, in this process and others. */
export interface OwnTraffic {
  /** Notes one more test span; called before it is sent. */
  addSpan(): Promise<void>;
  /** All test spans so far. */
  countSpans(): Promise<number>;
}

/** The headers of a request of the guide's own, which marks its telemetry as such. */
export function ownRequest(): { traceId: string; headers: Record<string, string> } {
  const traceId = OWN_TRACES + randomId(16).slice(OWN_TRACES.length);
  return {
    traceId,
    headers: {
      traceparent: `00-${traceId}-${randomId(8)}-01`,
      "user-agent": OWN_NAME,
      [OWN_HEADER]: "check",
    },
  };
}

/** Whether a request of the guide's own caused a span. Apps that neither continue traces nor record the client can't tell. */
export function isOwnTraffic(
  { traceId, attributes }: { traceId: string; attributes: ReadonlyMap<string, string> },
): boolean {
  return traceId.startsWith(OWN_TRACES) ||
    USER_AGENT_KEYS.some((key) => attributes.get(key)?.includes(OWN_NAME));
}
