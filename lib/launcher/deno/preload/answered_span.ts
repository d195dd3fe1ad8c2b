import type { AttributeValue, Span } from "@opentelemetry/api";
import { ATTR_HTTP_RESPONSE_STATUS_CODE } from "@opentelemetry/semantic-conventions";

/**
 * Calls a function with the status code of the response, right after Deno has written it into the span. Deno
 * writes everything that follows from the status code later.
 */
export function whenAnswered(span: Span, then: (status: number) => void): void {
  const { setAttribute } = span;
  Object.defineProperty(span, "setAttribute", {
    configurable: true,
    value(key: string, value: AttributeValue) {
      setAttribute.call(span, key, value);
      if (key === ATTR_HTTP_RESPONSE_STATUS_CODE) then(Number(value));
      return span;
    },
  });
}
