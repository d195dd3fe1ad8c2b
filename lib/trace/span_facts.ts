import type { InstrumentationScope, KeyValue, Resource, Span } from "../otlp/json.ts";
import { KINDS, type Level, STATUSES } from "../query/fields.ts";
import type { SpanFacts } from "../query/match.ts";
import { attributeText, valueText } from "../otlp/any_value.ts";
import { missingTime } from "./spans.ts";

/** A decoded span, as a query sees it. */
export class OtlpSpanFacts implements SpanFacts {
  readonly #nanosOf: (field: string) => number;
  readonly #span: Span;
  readonly #resource: Resource | undefined;
  readonly #scope: InstrumentationScope | undefined;

  /** @param nanosOf Nanoseconds that the span took or, for the field `trace.duration`, its trace. */
  constructor(
    span: Span,
    resource: Resource | undefined,
    scope: InstrumentationScope | undefined,
    nanosOf: (field: string) => number,
  ) {
    this.#nanosOf = nanosOf;
    this.#span = span;
    this.#resource = resource;
    this.#scope = scope;
  }

  durationNanos(field: string): number | undefined {
    return field === "duration" && missingTime(this.#span) ? undefined : this.#nanosOf(field);
  }

  field(name: string): string[] {
    const span = this.#span;
    switch (name) {
      case "service":
        return [attributeText(this.#resource?.attributes, "service.name") ?? ""];
      case "name":
        return [span.name ?? ""];
      case "kind":
        return [KINDS[span.kind ?? 0] ?? ""];
      case "status":
        return [STATUSES[span.status?.code ?? 0] ?? ""];
      case "status.message":
        return present(span.status?.message);
      case "scope.name":
        return present(this.#scope?.name);
      case "scope.version":
        return present(this.#scope?.version);
      case "event.name":
        return (span.events ?? []).map(({ name = "" }) => name);
      case "trace":
        return present(span.traceId);
      case "span":
        return present(span.spanId);
      default:
        return [];
    }
  }

  *attribute(key: string, level?: Level): Generator<string> {
    for (const attributes of this.#levels(level)) {
      const text = attributeText(attributes, key);
      if (text !== undefined) yield text;
    }
  }

  hasAttribute(key: string, value: string, level?: Level): boolean {
    return [...this.attribute(key, level)].includes(value);
  }

  contains(text: string): boolean {
    const wanted = text.toLowerCase();
    return [...this.#texts()].some((found) => found.toLowerCase().includes(wanted));
  }

  *#texts(): Generator<string> {
    const { name = "", status, events } = this.#span;
    yield name;
    yield status?.message ?? "";
    yield this.#scope?.name ?? "";
    for (const event of events ?? []) yield event.name ?? "";
    for (const attributes of this.#levels()) {
      for (const { value } of attributes ?? []) yield valueText(value);
    }
  }

  *#levels(level?: Level): Generator<KeyValue[] | undefined> {
    const { attributes, events, links } = this.#span;
    if (level === undefined || level === "span") yield attributes;
    if (level === undefined || level === "resource") yield this.#resource?.attributes;
    if (level === undefined || level === "scope") yield this.#scope?.attributes;
    if (level === undefined || level === "event") {
      for (const event of events ?? []) yield event.attributes;
    }
    if (level === undefined || level === "link") {
      for (const link of links ?? []) yield link.attributes;
    }
  }
}

function present(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : [text];
}
