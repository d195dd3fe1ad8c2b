import type { Attributes, Span } from "@opentelemetry/api";
import type {
  AddHeaders,
  HttpInstrumentationOptions,
} from "../../../instrumentation/http_options.ts";

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
  { headers: { addRequest, addResponse } = {} }: HttpInstrumentationOptions,
): NodeHeaderCapture {
  function add(span: Span, headers: NodeHeaders, addTo: AddHeaders): void {
    const attributes: Attributes = {};
    addTo(toHeaders(headers), attributes);
    span.setAttributes(attributes);
  }

  return {
    addRequest(span, headers) {
      if (addRequest) add(span, headers, addRequest);
    },
    addResponse(span, read) {
      if (addResponse) add(span, read(), addResponse);
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
