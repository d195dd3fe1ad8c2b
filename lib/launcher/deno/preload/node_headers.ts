import type { Attributes, Span } from "@opentelemetry/api";
import {
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_HEADER,
} from "@opentelemetry/semantic-conventions";
import {
  createHeaderCapture,
  DEFAULT_SANITIZED_HEADERS,
} from "../../../instrumentation/header_capture.ts";
import type { HttpInstrumentationOptions } from "../../../instrumentation/http_options.ts";

/** Headers in the format of `node:http`. */
export type NodeHeaders = Record<string, number | string | string[] | undefined>;

/** Adds the headers to capture to a span. */
export interface NodeHeaderCapture {
  addRequest(span: Span, headers: NodeHeaders): void;
  /** @param read Returns the headers; called only if any are captured. */
  addResponse(span: Span, read: () => NodeHeaders): void;
}

/** Captures headers of servers on `node:http`. */
export function captureNodeHeaders(
  {
    captureRequestHeaders = [],
    captureResponseHeaders = [],
    sanitizeHeaders: sanitize = DEFAULT_SANITIZED_HEADERS,
  }: HttpInstrumentationOptions,
): NodeHeaderCapture {
  const ofRequest = createHeaderCapture({
    capture: captureRequestHeaders,
    sanitize,
    attributeKey: ATTR_HTTP_REQUEST_HEADER,
  });
  const ofResponse = createHeaderCapture({
    capture: captureResponseHeaders,
    sanitize,
    attributeKey: ATTR_HTTP_RESPONSE_HEADER,
  });

  function add(span: Span, headers: NodeHeaders, addTo: NonNullable<typeof ofRequest>): void {
    const attributes: Attributes = {};
    addTo(toHeaders(headers), attributes);
    span.setAttributes(attributes);
  }

  return {
    addRequest(span, headers) {
      if (ofRequest) add(span, headers, ofRequest);
    },
    addResponse(span, read) {
      if (ofResponse) add(span, read(), ofResponse);
    },
  };
}

/** Converts headers to those of the web. */
export function toHeaders(given: NodeHeaders): Headers {
  const headers = new Headers();
  for (const [name, value = []] of Object.entries(given)) {
    for (const one of [value].flat()) headers.append(name, String(one));
  }
  return headers;
}
