import {
  type Attributes,
  type AttributeValue,
  diag,
  type Exception,
  type HrTime,
  type Link,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
} from "@opentelemetry/api";
import {
  addHrTimes,
  hrTime,
  hrTimeDuration,
  type InstrumentationScope,
  isAttributeValue,
  isTimeInput,
  isTimeInputHrTime,
  millisToHrTime,
  sanitizeAttributes,
} from "@opentelemetry/core";
import type { Resource } from "@opentelemetry/resources";
import type { Span, SpanLimits, SpanProcessor, TimedEvent } from "@opentelemetry/sdk-trace-base";
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from "@opentelemetry/semantic-conventions";
import { lowerCaseIds } from "../propagation/lower_case_ids.ts";
import { PROTO, putAttribute, warnOfInvalid } from "./copy_attributes.ts";

/** Shared by all spans of a tracer. */
export interface SpanOrigin {
  resource: Resource;
  scope: InstrumentationScope;
  limits: Required<SpanLimits>;
  processors: readonly SpanProcessor[];
}

/** The parts that a span is created from. */
export interface SpanParts {
  spanContext: SpanContext;
  parentSpanContext: SpanContext | undefined;
  name: string;
  kind: SpanKind;
  startTime: TimeInput | undefined;
  /** Valid attributes that nothing else references: the span takes ownership of them. */
  attributes: Attributes;
  attributesCount: number;
}

const UNSET: SpanStatus = Object.freeze({ code: SpanStatusCode.UNSET });

/** The value that most spans share. */
const NO_EVENTS: TimedEvent[] = [];
const NO_LINKS: Link[] = [];
Object.freeze(NO_EVENTS);
Object.freeze(NO_LINKS);

/**
 * A recorded span, and the interface through which processors and exporters read it. It behaves like the SDK's
 * own in half the time: parts that only some spans have are created on demand, and attributes are copied once
 * instead of three times.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/api/#span-operations
 */
export class RecordingSpan implements Span {
  name: string;
  readonly kind: SpanKind;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly attributes: Attributes;
  endTime: HrTime = [0, 0];
  status = UNSET;
  ended = false;
  droppedAttributesCount = 0;
  droppedEventsCount = 0;
  droppedLinksCount = 0;
  readonly #origin: SpanOrigin;
  readonly #spanContext: SpanContext;
  /** `performance.now()` at the start; undefined if the caller gave the time. */
  readonly #startMillis: number | undefined;
  #attributesCount: number;
  #events: TimedEvent[] | undefined;
  #links: Link[] | undefined;

  constructor(origin: SpanOrigin, parts: SpanParts) {
    this.#origin = origin;
    this.#spanContext = parts.spanContext;
    this.name = parts.name;
    this.kind = parts.kind;
    this.attributes = parts.attributes;
    this.#attributesCount = parts.attributesCount;
    if (parts.parentSpanContext) this.parentSpanContext = parts.parentSpanContext;
    if (parts.startTime === undefined) {
      this.#startMillis = performance.now();
      this.startTime = millisToHrTime(Date.now());
    } else {
      this.startTime = toHrTime(parts.startTime);
    }
  }

  get resource(): Resource {
    return this.#origin.resource;
  }

  get instrumentationScope(): InstrumentationScope {
    return this.#origin.scope;
  }

  get events(): TimedEvent[] {
    return this.#events ?? NO_EVENTS;
  }

  get links(): Link[] {
    return this.#links ?? NO_LINKS;
  }

  get duration(): HrTime {
    return this.ended ? hrTimeDuration(this.startTime, this.endTime) : [-1, -1];
  }

  spanContext(): SpanContext {
    return this.#spanContext;
  }

  isRecording(): boolean {
    return !this.ended;
  }

  setAttribute(key: string, value: AttributeValue | undefined): this {
    if (value === null || value === undefined || this.#hasEnded()) return this;
    if (key.length === 0 || !isAttributeValue(value)) {
      warnOfInvalid(key);
      return this;
    }
    if (!Object.hasOwn(this.attributes, key)) {
      if (this.#attributesCount >= this.#origin.limits.attributeCountLimit) {
        this.droppedAttributesCount++;
        return this;
      }
      this.#attributesCount++;
    }
    putAttribute(this.attributes, key, this.#truncate(value));
    return this;
  }

  setAttributes(attributes: Attributes): this {
    for (const [key, value] of Object.entries(attributes)) this.setAttribute(key, value);
    return this;
  }

  addEvent(
    name: string,
    attributesOrTime?: Attributes | TimeInput,
    time?: TimeInput,
  ): this {
    if (this.#hasEnded()) return this;
    const { eventCountLimit, attributePerEventCountLimit } = this.#origin.limits;
    const events = this.#events ??= [];
    if (!makeRoom(events, eventCountLimit)) this.droppedEventsCount++;
    if (eventCountLimit === 0) return this;
    const [given, onlyTime] = isTimeInput(attributesOrTime)
      ? [undefined, attributesOrTime]
      : [attributesOrTime, undefined];
    const { attributes, dropped } = this.#limit(given, attributePerEventCountLimit);
    events.push({
      name,
      attributes,
      time: this.#timeOf(time ?? onlyTime),
      droppedAttributesCount: dropped,
    });
    return this;
  }

  addLink({ context, attributes: given }: Link): this {
    if (this.#hasEnded()) return this;
    const { linkCountLimit, attributePerLinkCountLimit } = this.#origin.limits;
    const links = this.#links ??= [];
    if (!makeRoom(links, linkCountLimit)) this.droppedLinksCount++;
    if (linkCountLimit === 0) return this;
    const { attributes, dropped } = this.#limit(given, attributePerLinkCountLimit);
    links.push({
      context: lowerCaseIds(context),
      ...Object.keys(attributes).length > 0 && { attributes },
      ...dropped > 0 && { droppedAttributesCount: dropped },
    });
    return this;
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  /** OK is final, and UNSET changes nothing; only an error has a message. */
  setStatus({ code, message }: SpanStatus): this {
    if (this.#hasEnded()) return this;
    if (code === SpanStatusCode.UNSET || this.status.code === SpanStatusCode.OK) return this;
    const hasMessage = code === SpanStatusCode.ERROR && typeof message === "string";
    this.status = hasMessage ? { code, message } : { code };
    return this;
  }

  updateName(name: string): this {
    if (!this.#hasEnded()) this.name = name;
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const { code, name, message, stack } = typeof exception === "string"
      ? { message: exception } as Partial<Exclude<Exception, string>>
      : exception ?? {};
    // A number, such as the code of a DOMException, is not a type.
    const type = code && typeof code === "string" ? code : name;
    if (!type && !message) {
      diag.warn("Leaving out an exception that has neither a type nor a message");
      return;
    }
    this.addEvent("exception", {
      ...type && { [ATTR_EXCEPTION_TYPE]: type },
      ...message && { [ATTR_EXCEPTION_MESSAGE]: message },
      ...stack && { [ATTR_EXCEPTION_STACKTRACE]: stack },
    }, time);
  }

  end(time?: TimeInput): void {
    if (this.#hasEnded()) return;
    this.endTime = this.#timeOf(time);
    if (isBefore(this.endTime, this.startTime)) {
      diag.warn(
        `The span "${this.name}" would end before it starts; using its start time as its end`,
      );
      this.endTime = [...this.startTime];
    }
    for (const processor of this.#origin.processors) processor.onEnding?.(this);
    this.ended = true;
    for (const processor of this.#origin.processors) processor.onEnd(this);
  }

  #hasEnded(): boolean {
    if (this.ended) diag.warn(`The span "${this.name}" has ended and can no longer be changed`);
    return this.ended;
  }

  /** The given time; otherwise now, by the monotonic clock if the start was measured with it. */
  #timeOf(time: TimeInput | undefined): HrTime {
    if (time !== undefined) return toHrTime(time);
    if (this.#startMillis === undefined) return millisToHrTime(Date.now());
    return addHrTimes(this.startTime, millisToHrTime(performance.now() - this.#startMillis));
  }

  /** Up to this many valid attributes, each truncated to the allowed length. */
  #limit(
    given: Attributes | undefined,
    count: number,
  ): { attributes: Attributes; dropped: number } {
    const valid = Object.entries(sanitizeAttributes(given));
    // The SDK's function would lose it.
    const proto = given && Object.hasOwn(given, PROTO) ? given[PROTO] : undefined;
    if (proto !== undefined && isAttributeValue(proto)) valid.push([PROTO, proto]);
    const kept = valid.slice(0, count).map(([key, value]) => [key, this.#truncate(value)]);
    return { attributes: Object.fromEntries(kept), dropped: valid.length - kept.length };
  }

  #truncate<T extends AttributeValue | undefined>(value: T): T {
    const { attributeValueLengthLimit: limit } = this.#origin.limits;
    if (limit === Infinity) return value;
    const cut = (item: unknown) => typeof item === "string" ? item.slice(0, limit) : item;
    return (Array.isArray(value) ? value.map(cut) : cut(value)) as T;
  }
}

/** Evicts the oldest item if one more would be too many; returns false if it did, or if none is allowed. */
function makeRoom(items: unknown[], limit: number): boolean {
  if (items.length < limit) return true;
  items.shift();
  return false;
}

function isBefore([seconds, nanos]: HrTime, [otherSeconds, otherNanos]: HrTime): boolean {
  return seconds < otherSeconds || (seconds === otherSeconds && nanos < otherNanos);
}

/** Numbers are milliseconds: since the epoch, or, if they are small enough, from `performance.now()`. */
function toHrTime(time: TimeInput): HrTime {
  if (isTimeInputHrTime(time)) return time;
  if (time instanceof Date) return millisToHrTime(time.getTime());
  const now = performance.now();
  if (time > now) return millisToHrTime(time);
  // The wall clock may have been adjusted since the program started.
  return hrTime(time + Date.now() - (now + performance.timeOrigin));
}
