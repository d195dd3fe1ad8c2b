import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { VERSION } from "../../version.ts";
import { ask, UnreachableError } from "./ask.ts";
import type { Backends } from "./backends.ts";
import { readTrace } from "./jaeger.ts";

/** The service name of the guide's test spans. */
export const CANARY_SERVICE = "otel-kit-canary";

/**
 * Sends a span to the Collector; its trace id.
 *
 * @throws {UnreachableError} If the Collector doesn't accept it.
 */
export async function sendCanary({ otlpHttpUrl }: Backends): Promise<string> {
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
        scopeSpans: [{ scope: { name: "otel-kit", version: VERSION }, spans: [span] }],
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

/** A random id of so many bytes, in hex. */
export function randomId(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}
