import type { SpanFieldQuery, TraceQuery } from "../model.ts";

/** OTLP's span kinds by number, with Jaeger's names. */
const KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"];

/** The values that Go's `strconv.ParseBool` accepts. */
const TRUE = ["1", "t", "T", "TRUE", "true", "True"];
const FALSE = ["0", "f", "F", "FALSE", "false", "False"];

const UNSET = 0;
const OK = 1;
const ERROR = 2;

/** The conditions that tags can express. */
type TagQuery = SpanFieldQuery & Pick<TraceQuery, "attributes">;

/** Whether Go parses the text as a boolean. */
export function isBoolean(text: string): boolean {
  return TRUE.includes(text) || FALSE.includes(text);
}

/**
 * Reads the tags of a trace search. Some keys refer to fields of a span: `error`, `span.status`,
 * `span.kind`, `scope.name`, `scope.version`. The prefix `resource.` marks a resource attribute. All
 * other keys are attributes of a span, its resource, its scope, an event or a link. As in Jaeger, an
 * `error` that is not a boolean matches nothing.
 *
 * @see https://github.com/jaegertracing/jaeger/blob/main/internal/storage/v2/memory/tenant.go
 */
export function readTags(tags: Readonly<Record<string, string>>): TagQuery {
  const query: TagQuery = {};
  const attributes: [string, string][] = [];
  const resourceAttributes: [string, string][] = [];
  for (const [key, value] of Object.entries(tags)) {
    if (key === "error") restrictStatus(query, codesOfError(value));
    else if (key === "span.status") restrictStatus(query, [codeOfStatus(value)]);
    else if (key === "span.kind") query.spanKind = Math.max(KINDS.indexOf(value.toLowerCase()), 0);
    else if (key === "scope.name") query.scopeName = value;
    else if (key === "scope.version") query.scopeVersion = value;
    else if (key.startsWith("resource.")) {
      resourceAttributes.push([key.slice("resource.".length), value]);
    } else attributes.push([key, value]);
  }
  if (attributes.length > 0) query.attributes = Object.fromEntries(attributes);
  if (resourceAttributes.length > 0) {
    query.resourceAttributes = Object.fromEntries(resourceAttributes);
  }
  return query;
}

/** Keeps only the codes that every condition allows, because all conditions must be met. */
function restrictStatus(query: TagQuery, codes: number[]): void {
  query.statusCodes = codes.filter((code) => query.statusCodes?.includes(code) ?? true);
}

function codesOfError(value: string): number[] {
  if (TRUE.includes(value)) return [ERROR];
  return FALSE.includes(value) ? [UNSET, OK] : [];
}

function codeOfStatus(value: string): number {
  const name = value.toUpperCase();
  return name === "OK" ? OK : name === "ERROR" ? ERROR : UNSET;
}
