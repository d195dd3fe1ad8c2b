/** The required structure of OTLP's JSON from other programs. Fields that are not used are not checked. */
import * as v from "valibot";
import type { AnyValue } from "./json.ts";

/** A number that JSON can hold. */
export const NUMBER = v.pipe(v.number(), v.finite());

/** Nanoseconds since 1970. */
export const NANOS = v.pipe(v.string(), v.regex(/^\d{1,20}$/));

const text = v.optional(v.string());

/** The schema of {@linkcode AnyValue}. */
export const ANY_VALUE: v.GenericSchema<AnyValue> = v.looseObject({
  stringValue: text,
  boolValue: v.optional(v.boolean()),
  intValue: v.optional(v.union([v.string(), NUMBER])),
  doubleValue: v.optional(v.union([v.string(), NUMBER])),
  bytesValue: text,
  arrayValue: v.optional(v.looseObject({ values: v.optional(v.array(v.lazy(() => ANY_VALUE))) })),
  kvlistValue: v.optional(v.looseObject({ values: v.lazy(() => attributes) })),
}) as v.GenericSchema<AnyValue>;

const attributes = v.optional(
  v.array(v.looseObject({ key: text, value: v.optional(ANY_VALUE) })),
);

const span = v.looseObject({
  spanId: text,
  parentSpanId: text,
  name: text,
  startTimeUnixNano: v.optional(NANOS),
  endTimeUnixNano: v.optional(NANOS),
  status: v.optional(v.looseObject({ code: v.optional(NUMBER), message: text })),
  attributes,
  events: v.optional(v.array(v.looseObject({
    timeUnixNano: v.optional(NANOS),
    name: text,
    attributes,
  }))),
});

/** The schema of {@linkcode TracesData}. */
export const TRACES_DATA = v.looseObject({
  resourceSpans: v.optional(v.array(v.looseObject({
    resource: v.optional(v.looseObject({ attributes })),
    scopeSpans: v.optional(v.array(v.looseObject({
      scope: v.optional(v.looseObject({})),
      spans: v.optional(v.array(span)),
    }))),
  }))),
});
