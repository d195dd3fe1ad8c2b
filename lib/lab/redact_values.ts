import type { AnyValue } from "../otlp/json.ts";
import { itemsOf, type Owner, type RequestJson, resourcesOf } from "./requests.ts";

/** What a processor `redaction` does. */
export interface Redaction {
  kind: "redaction";
  /** Global expressions: whatever they match in a value is masked. */
  blocked: readonly RegExp[];
}

/** The Collector's, too. */
const MASK = "****";

/** Masks parts of the texts in attributes and in the bodies of log records, in place. */
export function redactValues(request: RequestJson, { blocked }: Redaction): void {
  for (const owner of ownersOf(request)) {
    for (const { value } of owner.attributes ?? []) mask(value, blocked);
    if (owner.body) mask(owner.body, blocked);
  }
}

function ownersOf(request: RequestJson): (Owner & { body?: AnyValue })[] {
  const events = (request.resourceSpans ?? []).flatMap(({ scopeSpans = [] }) => scopeSpans)
    .flatMap(({ spans = [] }) => spans).flatMap(({ events = [] }) => events);
  return [...resourcesOf(request), ...itemsOf(request), ...events];
}

function mask(value: AnyValue | undefined, blocked: readonly RegExp[]): void {
  if (value?.stringValue === undefined) return;
  value.stringValue = blocked.reduce((text, one) => text.replace(one, MASK), value.stringValue);
}
