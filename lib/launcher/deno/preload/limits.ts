import type { Attributes, AttributeValue, Span } from "@opentelemetry/api";
import { prototypeOfSpans } from "./own_spans.ts";

/** The limits of a span, where they are set. */
export interface SpanLimits {
  attributes?: number | undefined;
  events?: number | undefined;
}

/**
 * Limits the spans of a Deno that has no limits: its own, and those of the program. What is added beyond a limit
 * is dropped, except new values of attributes that a span already has. How much was dropped can't be recorded.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#span-limits
 */
export function limitSpans({ attributes, events }: SpanLimits): void {
  const prototype = prototypeOfSpans();
  if (!prototype) return;
  if (attributes !== undefined) limitAttributes(prototype, attributes);
  if (events !== undefined) limitEvents(prototype, events);
}

function limitAttributes(prototype: Span, limit: number): void {
  const { setAttribute, setAttributes } = prototype;
  const names = new WeakMap<Span, Set<string>>();

  function mayHave(span: Span, name: string): boolean {
    const known = names.get(span) ?? new Set();
    if (known.has(name)) return true;
    if (known.size >= limit) return false;
    names.set(span, known.add(name));
    return true;
  }

  prototype.setAttribute = function (this: Span, name: string, value: AttributeValue) {
    return mayHave(this, name) ? setAttribute.call(this, name, value) : this;
  };
  prototype.setAttributes = function (this: Span, attributes: Attributes) {
    const kept = Object.entries(attributes)
      .filter(([name, value]) => value !== undefined && mayHave(this, name));
    return setAttributes.call(this, Object.fromEntries(kept));
  };
}

function limitEvents(prototype: Span, limit: number): void {
  const { addEvent } = prototype;
  const counts = new WeakMap<Span, number>();
  prototype.addEvent = function (this: Span, ...event: Parameters<Span["addEvent"]>) {
    const count = counts.get(this) ?? 0;
    if (count >= limit) return this;
    counts.set(this, count + 1);
    return addEvent.apply(this, event);
  };
}
