import type { ArrivedSpan } from "../backends/jaeger.ts";
import type { TraceCheck } from "../course/check.ts";
import { listed, quoted } from "./outcome.ts";
import type { Criterion } from "./criterion.ts";
import { parentOf, relationCriteria } from "./span_relations.ts";

const KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"];
const STATUSES = ["UNSET", "OK", "ERROR"];
const HEADER = /^http\.(request|response)\.header\./;

/** A check's requirements for a span, the most telling one first. */
export function criteriaOf(check: TraceCheck): Criterion[] {
  const { span: name, root, spanKind, status, event, exception, headers, together } = check;
  const criteria: Criterion[] = [];
  if (name !== undefined) {
    criteria.push({
      reason: "no-span",
      isMet: (span) => span.name === name,
      describe: (span) => `its name is ${quoted(span.name)}`,
    });
  }
  if (root !== undefined) {
    criteria.push({
      reason: "not-root",
      isMet: (span, trace) => isRoot(span, trace) === root,
      describe: (_, __) => root ? "it has a parent in its service" : "it has no parent",
    });
  }
  if (spanKind !== undefined) {
    criteria.push({
      reason: "wrong-kind",
      isMet: (span) => KINDS[span.kind] === spanKind,
      describe: (span) => `its kind is ${(KINDS[span.kind] ?? span.kind).toString().toUpperCase()}`,
    });
  }
  if (status !== undefined) {
    criteria.push({
      reason: "wrong-status",
      isMet: (span) => STATUSES[span.status]?.toLowerCase() === status,
      describe: (span) => `its status is ${STATUSES[span.status] ?? span.status}`,
    });
  }
  if (event !== undefined) {
    criteria.push({
      reason: "no-event",
      isMet: ({ events }) => events.some(({ name }) => name === event),
      describe: ({ events }) => `its events are ${listed(events.map(({ name }) => name))}`,
    });
  }
  if (exception !== undefined) {
    criteria.push({
      reason: "no-exception",
      isMet: (span) =>
        exceptionTypes(span).some((type) => exception === true || type === exception),
      describe: (span) => `its exceptions are ${listed(exceptionTypes(span))}`,
    });
  }
  for (const [key, wanted] of Object.entries(check.attributes ?? {})) {
    criteria.push(attributeCriterion(key, String(wanted)));
  }
  for (const [key, wanted] of Object.entries(check.resource ?? {})) {
    criteria.push(resourceCriterion(key, wanted));
  }
  const { links } = check;
  if (links !== undefined) {
    criteria.push({
      reason: "no-link",
      isMet: (span) => linkedTraces(span) >= links,
      describe: (span) => `it has links to ${linkedTraces(span)} other traces`,
    });
  }
  if (headers !== undefined) criteria.push(headersCriterion(headers === "captured"));
  criteria.push(...relationCriteria(check));
  const { contains } = check;
  if (contains !== undefined) {
    criteria.push({
      reason: "no-text",
      isMet: (span) => placeOf(span, contains) !== undefined,
      describe: () => `nothing in it contains ${quoted(contains)}`,
    });
  }
  if (together !== undefined) {
    criteria.push({
      reason: "not-together",
      isMet: (_, trace) => together.every((name) => trace.some(({ service }) => service === name)),
      describe: (_, trace) => `the services in its trace are ${listed(servicesOf(trace))}`,
    });
  }
  return criteria;
}

/** `*` matches any value. Of several names, `a|b`, the first one present counts. */
function attributeCriterion(key: string, wanted: string): Criterion {
  const name = key.replace("|", " or ");
  return {
    reason: "no-attribute",
    isMet({ attributes }) {
      const value = valueOf(attributes, key);
      return value !== undefined && (wanted === "*" || value === wanted);
    },
    describe({ attributes }) {
      const value = valueOf(attributes, key);
      return value === undefined
        ? `it has no attribute ${name}`
        : `its ${name} is ${quoted(value)}`;
    },
  };
}

function resourceCriterion(key: string, wanted: string): Criterion {
  return {
    reason: "no-resource",
    isMet({ resource }) {
      const value = resource.get(key);
      return value !== undefined && (wanted === "*" || value === wanted);
    },
    describe({ resource }) {
      const value = resource.get(key);
      return value === undefined
        ? `its resource has no ${key}`
        : `the ${key} of its resource is ${quoted(value)}`;
    },
  };
}

/** Links within its own trace don't count. */
function linkedTraces({ links, traceId }: ArrivedSpan): number {
  return new Set(links.filter((linked) => linked !== traceId)).size;
}

function headersCriterion(isThere: boolean): Criterion {
  return {
    reason: isThere ? "no-headers" : "headers",
    isMet: (span) => (headersOf(span).length > 0) === isThere,
    describe: (span) => `its headers are ${listed(headersOf(span))}`,
  };
}

/** A parent in another service doesn't count. */
function isRoot(span: ArrivedSpan, trace: readonly ArrivedSpan[]): boolean {
  return parentOf(span, trace)?.service !== span.service;
}

/** The key of the attribute, of the span or its events, that contains a text. */
export function placeOf({ attributes, events }: ArrivedSpan, text: string): string | undefined {
  const all = [attributes, ...events.map(({ attributes }) => attributes)];
  return all.flatMap((some) => [...some]).find(([, value]) => value.includes(text))?.[0];
}

function exceptionTypes({ events }: ArrivedSpan): string[] {
  return events.filter(({ name }) => name === "exception")
    .flatMap(({ attributes }) => attributes.get("exception.type") ?? []);
}

function headersOf({ attributes }: ArrivedSpan): string[] {
  return [...attributes.keys()].filter((key) => HEADER.test(key));
}

function servicesOf(trace: readonly ArrivedSpan[]): string[] {
  return [...new Set(trace.map(({ service }) => service))];
}

/** The value of the first of several names that is present. */
function valueOf(attributes: ReadonlyMap<string, string>, keys: string): string | undefined {
  const key = keys.split("|").find((key) => attributes.has(key));
  return key === undefined ? undefined : attributes.get(key);
}
