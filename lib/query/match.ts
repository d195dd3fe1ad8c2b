import { queryDuration } from "./duration.ts";
import type { Comparison, Expression, Operator } from "./expression.ts";
import { attributePath, findField, type Level } from "./fields.ts";

/** The data of a span that a query can check. Values are texts, as they are shown. */
export interface SpanFacts {
  /**
   * Nanoseconds that the span took or, for the field `trace.duration`, its trace. Undefined for a span
   * without start or end.
   */
  durationNanos(field: string): number | undefined;
  /** The values of a field that isn't an attribute; `event.name` can have several. */
  field(name: string): Iterable<string>;
  /** The values of an attribute at one level, or at all of them. */
  attribute(key: string, level?: Level): Iterable<string>;
  /** Whether one of them is this. */
  hasAttribute(key: string, value: string, level?: Level): boolean;
  /** Whether one of its names, messages and values contains the text, ignoring case. */
  contains(text: string): boolean;
}

/** Tells whether a span matches; what the query alone decides is computed only once. */
export type SpanTest = (span: SpanFacts) => boolean;

/** The test of a query, for many spans. */
export function spanTest(expression: Expression): SpanTest {
  switch (expression.kind) {
    case "and": {
      const tests = fastestFirst(expression.parts).map(spanTest);
      return (span) => tests.every((test) => test(span));
    }
    case "or": {
      const tests = fastestFirst(expression.parts).map(spanTest);
      return (span) => tests.some((test) => test(span));
    }
    case "not": {
      const test = spanTest(expression.part);
      return (span) => !test(span);
    }
    case "text":
      return (span) => span.contains(expression.text);
    case "exists":
      return existenceTest(expression.field);
    case "compare":
      return comparisonTest(expression);
  }
}

/** What tests take: those of fields that a list shows, those of attributes and details, and those of all texts. */
const COST = { field: 0, attribute: 1, text: 2 };

function fastestFirst(parts: readonly Expression[]): Expression[] {
  return parts.toSorted((a, b) => costOf(a) - costOf(b));
}

function costOf(expression: Expression): number {
  switch (expression.kind) {
    case "and":
    case "or":
      return Math.max(...expression.parts.map(costOf));
    case "not":
      return costOf(expression.part);
    case "text":
      return COST.text;
    case "exists":
    case "compare": {
      const field = findField(expression.field);
      return field && !field.isDeep ? COST.field : COST.attribute;
    }
  }
}

/** A query for traces: what one of its spans must match, and what none of its spans may match. */
export interface TraceExpression {
  wanted: Expression | undefined;
  unwanted: Expression[];
}

/**
 * Reads a query as one for traces. One and the same span must match all of its terms, except those
 * after a `not` outside of all parentheses, which no span may match. So `not status:error` finds
 * traces without an error.
 */
export function traceExpression(expression: Expression): TraceExpression {
  const parts = expression.kind === "and" ? expression.parts : [expression];
  const wanted = parts.filter(({ kind }) => kind !== "not");
  return {
    wanted: wanted.length > 1 ? { kind: "and", parts: wanted } : wanted[0],
    unwanted: parts.flatMap((part) => part.kind === "not" ? [part.part] : []),
  };
}

/** Whether a trace matches the query. */
export function matchesTrace(
  { wanted, unwanted }: TraceExpression,
  spans: readonly SpanFacts[],
): boolean {
  return (wanted === undefined || spans.some(spanTest(wanted))) &&
    !unwanted.some((part) => spans.some(spanTest(part)));
}

/** An attribute can be empty; another field that is empty was not sent. */
function existenceTest(name: string): SpanTest {
  const field = findField(name);
  if (field?.isDuration) return (span) => span.durationNanos(name) !== undefined;
  const valuesOf = fieldReader(name);
  return (span) => has(valuesOf(span), field ? (value) => value !== "" : () => true);
}

function comparisonTest(comparison: Comparison): SpanTest {
  const { field, operator, value } = comparison;
  if (findField(field)?.isDuration) {
    const wanted = queryDuration(value)!;
    return (span) => {
      const nanos = span.durationNanos(field);
      return nanos !== undefined && isOrdered(nanos, operator, wanted);
    };
  }
  if (operator === "=" && isPlainText(comparison)) return attributeTest(comparison);
  const valuesOf = fieldReader(field);
  if (operator === "!=") {
    const isEqual = equality(comparison);
    // A span without the field is not known to differ.
    return (span) => hasSome(valuesOf(span), (found) => !isEqual(found));
  }
  const test = valueTest(comparison);
  return (span) => has(valuesOf(span), test);
}

/** Whether an attribute must equal a text. */
function isPlainText({ field, value, hasWildcards }: Comparison): boolean {
  return !hasWildcards && !findField(field) && isComparedAsText(value);
}

function attributeTest({ field, value }: Comparison): SpanTest {
  const { key, level } = attributePath(field);
  if (!level) return (span) => span.hasAttribute(key, value);
  return (span) => span.hasAttribute(key, value, level) || span.hasAttribute(field, value);
}

/** What a value must be for a comparison with `=` or by size. */
function valueTest(comparison: Comparison): (found: string) => boolean {
  const { operator, value } = comparison;
  if (operator === "=") return equality(comparison);
  const wanted = Number(value);
  if (Number.isFinite(wanted)) {
    return (found) => found !== "" && isOrdered(Number(found), operator, wanted);
  }
  const wantedNanos = queryDuration(value)!;
  return (found) => {
    const nanos = queryDuration(found);
    return nanos !== undefined && isOrdered(nanos, operator, wantedNanos);
  };
}

/** Reads the values of a field. An attribute's name may begin like a level. */
function fieldReader(name: string): (span: SpanFacts) => Iterable<string> {
  if (findField(name)) return (span) => span.field(name);
  const { key, level } = attributePath(name);
  if (!level) return (span) => span.attribute(key);
  return (span) => [...span.attribute(key, level), ...span.attribute(name)];
}

/** Whether `=` compares the value only as text: so are numbers in their usual spelling. */
function isComparedAsText(value: string): boolean {
  const number = value.trim() === "" ? NaN : Number(value);
  return Number.isNaN(number) || String(number) === value;
}

/** Equal as text, as numbers, or, ignoring case, as one of a field's fixed values. */
function equality({ field, value, hasWildcards }: Comparison): (found: string) => boolean {
  if (hasWildcards) return globbing(value);
  if (findField(field)?.values) {
    const wanted = value.toLowerCase();
    return (found) => found === wanted;
  }
  if (isComparedAsText(value)) return (found) => found === value;
  const number = Number(value);
  return (found) => found.trim() !== "" && Number(found) === number;
}

/** Matches `*` in linear time: each part is searched for once, after the previous one. */
function globbing(pattern: string): (found: string) => boolean {
  const parts = pattern.split("*");
  const first = parts[0]!;
  const last = parts.at(-1)!;
  const middle = parts.slice(1, -1);
  return (found) => {
    const end = found.length - last.length;
    if (!found.startsWith(first) || !found.endsWith(last) || end < first.length) return false;
    let at = first.length;
    for (const part of middle) {
      at = found.indexOf(part, at);
      if (at < 0 || at + part.length > end) return false;
      at += part.length;
    }
    return true;
  };
}

function isOrdered(found: number, operator: Operator, wanted: number): boolean {
  switch (operator) {
    case "=":
      return found === wanted;
    case "!=":
      return found !== wanted;
    case ">":
      return found > wanted;
    case ">=":
      return found >= wanted;
    case "<":
      return found < wanted;
    case "<=":
      return found <= wanted;
  }
}

function has(values: Iterable<string>, test: (value: string) => boolean): boolean {
  for (const value of values) if (test(value)) return true;
  return false;
}

/** Whether there are values, and all of them pass. */
function hasSome(values: Iterable<string>, test: (value: string) => boolean): boolean {
  let isAny = false;
  for (const value of values) {
    if (!test(value)) return false;
    isAny = true;
  }
  return isAny;
}
