import type { Attributes, AttributeValue, Span, TimeInput } from "@opentelemetry/api";
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_URL_FULL,
  ATTR_URL_QUERY,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from "@opentelemetry/semantic-conventions";
import { redactQuery, redactUrls } from "../../../instrumentation/url.ts";
import { attributesWithIntegers, integer, withIntegers } from "./integers.ts";

/** The part of Deno's telemetry API that is used here. */
interface Telemetry {
  tracerProvider: { getTracer(name: string): { startSpan(name: string): Span } };
}

/**
 * Corrects Deno's spans as they are written. In its own of servers and of `fetch`, the status code becomes a
 * number, signatures in URLs are replaced, and clients can't introduce unknown methods. In all spans, whole
 * numbers become integers; a tracer sets the attributes that a span starts with by `setAttributes`, too.
 *
 * @param knownMethods The methods that are recorded by name.
 */
export function mendOwnSpans(knownMethods: readonly string[]): void {
  const prototype = prototypeOfSpans();
  if (!prototype) return;
  const known = new Set<unknown>(knownMethods);
  const { setAttribute, setAttributes, addEvent, updateName } = prototype;
  prototype.setAttribute = function (this: Span, key: string, value: AttributeValue) {
    if (key === ATTR_HTTP_REQUEST_METHOD && !known.has(value)) {
      updateName.call(this, "HTTP");
      setAttribute.call(this, ATTR_HTTP_REQUEST_METHOD_ORIGINAL, value);
      return setAttribute.call(this, key, HTTP_REQUEST_METHOD_VALUE_OTHER);
    }
    // A URL without a query has no `url.query`.
    if (key === ATTR_URL_QUERY && value === "") return this;
    const exported = typeof value === "string" ? mended(key, value) : withIntegers(value);
    return setAttribute.call(this, key, exported);
  };
  prototype.setAttributes = function (this: Span, attributes: Attributes) {
    return setAttributes.call(this, attributesWithIntegers(attributes));
  };
  prototype.addEvent = function (this: Span, name, attributesOrTime, time) {
    return addEvent.call(
      this,
      name,
      isTime(attributesOrTime) ? attributesOrTime : attributesWithIntegers(attributesOrTime),
      time,
    );
  };
}

/** Whether it stands where attributes would, as `addEvent` allows. */
function isTime(given: Attributes | TimeInput | undefined): given is TimeInput | undefined {
  return typeof given !== "object" || Array.isArray(given) || given instanceof Date;
}

function mended(key: string, value: string): AttributeValue {
  switch (key) {
    case ATTR_HTTP_RESPONSE_STATUS_CODE:
      return integerIn(value);
    case ATTR_URL_FULL:
      return redactUrls(value);
    case ATTR_URL_QUERY:
      return redactQuery(value);
    default:
      return value;
  }
}

/** Status codes in the form that Deno's spans need. */
const integers = new Map<string, AttributeValue>();

function integerIn(text: string): AttributeValue {
  const known = integers.get(text);
  if (known !== undefined || !/^\d{3}$/.test(text)) return known ?? text;
  const made = integer(Number(text));
  integers.set(text, made);
  return made;
}

/** What all of Deno's spans inherit, if it records any. A span that never ends is not exported. */
export function prototypeOfSpans(): Span | undefined {
  const { telemetry } = Deno as unknown as { telemetry?: Telemetry };
  try {
    const span = telemetry?.tracerProvider.getTracer("otel-kit").startSpan("");
    return span && Object.getPrototypeOf(span);
  } catch {
    return undefined; // Deno records no spans.
  }
}
