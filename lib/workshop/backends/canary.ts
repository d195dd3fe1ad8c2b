import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { VERSION } from "../../version.ts";
import { ask, UnreachableError } from "./ask.ts";
import type { Backends } from "./backends.ts";
import { readTrace } from "./jaeger.ts";
import { CANARY_SERVICE, OWN_NAME, type OwnTraffic } from "./own_traffic.ts";
import { randomId } from "./random_id.ts";

/**
 * Sends a span to the Collector, and counts it as the guide's own; its trace id.
 *
 * @throws {UnreachableError} If the Collector doesn't accept it.
 */
export async function sendCanary(
  { backends: { otlpHttpUrl }, own }: { backends: Backends; own: OwnTraffic },
): Promise<string> {
  await own.addSpan();
  const traceId = randomId(16);
  const now = Date.now();
  const span = {
    traceId,
    spanId: randomId(8),
    name: "canary",
    kind: 1,
    startTimeUnixNano: `${now - 1}000000`,
    endTimeUnixNano: `${now}000000`,
  };
  const attributes = [{ key: ATTR_SERVICE_NAME, value: { stringValue: CANARY_SERVICE } }];
  const { status } = await ask("The Collector's receiver", `${otlpHttpUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      resourceSpans: [{
        resource: { attributes },
        scopeSpans: [{ scope: { name: OWN_NAME, version: VERSION }, spans: [span] }],
      }],
    }),
  });
  if (status !== 200) {
    throw new UnreachableError(`The Collector answered ${status} to the guide's test span`);
  }
  return traceId;
}

/** Whether a canary has arrived in the backend. */
export async function hasArrived({ jaegerUrl }: Backends, traceId: string): Promise<boolean> {
  return (await readTrace(jaegerUrl, traceId)).length > 0;
}
