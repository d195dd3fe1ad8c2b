import { createHttpHandler } from "../../lib/collector/receivers/http_handler.ts";
import type { ReceiverOptions } from "../../lib/collector/receivers/receiver_options.ts";
import { memoryReceiverOptions } from "./collector_store.ts";
import { webResponse } from "./web_response.ts";
import { ONE_SPAN, protobufOf } from "./otlp_requests.ts";
import { PUBLISHED_OTLP } from "./published_otlp.ts";

const PEER = "127.0.0.1:50000";
export const PROTOBUF = "application/x-protobuf";
export const JSON_TYPE = "application/json";
/** A request with one span, by content type. */
export const BODIES = {
  [PROTOBUF]: protobufOf("TracesData", ONE_SPAN),
  [JSON_TYPE]: JSON.stringify(ONE_SPAN),
};

/** A request: JSON to the path of traces unless it says otherwise. */
export interface Sent {
  path?: string;
  method?: string;
  type?: string;
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** A receiver without a port. */
export function createTestReceiver(overrides: Partial<ReceiverOptions> = {}) {
  const options = memoryReceiverOptions();
  const handle = createHttpHandler({ ...options, ...overrides });

  async function send(
    { path = "/v1/traces", method = "POST", type = JSON_TYPE, body, headers = {} }: Sent,
  ): Promise<Response> {
    const init = {
      method,
      headers: { ...type && { "content-type": type }, ...headers },
      ...body !== undefined && { body },
    };
    return webResponse(await handle(new Request(`http://127.0.0.1:4318${path}`, init), PEER));
  }

  /** Sends a JSON span like `ONE_SPAN` except for these fields, and returns the stored span. */
  async function sendSpan(fields: object) {
    const request = structuredClone(ONE_SPAN);
    Object.assign(request.resourceSpans[0]!.scopeSpans[0]!.spans[0]!, fields);
    const response = await send({ body: JSON.stringify(request) });
    const stored = options.store.traces.at(-1)?.resourceSpans?.[0]?.scopeSpans?.[0]?.spans?.[0];
    return { answer: await response.json(), stored };
  }

  return { ...options, send, sendSpan };
}

/** The message of an error, decoded by an independent reader. */
export async function statusOf(response: Response) {
  if (response.headers.get("content-type") === JSON_TYPE) return await response.json();
  const type = PUBLISHED_OTLP.lookupType("RpcStatus");
  return type.toObject(type.decode(new Uint8Array(await response.arrayBuffer())));
}
