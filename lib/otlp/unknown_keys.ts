import type { MessageType } from "./message_type.ts";
import { MESSAGES } from "./messages.ts";
import type { Signal } from "./signal.ts";

/** Messages whose keys lead to the items of a request: an unknown key can hide all of them. */
const OUTER = new Set<MessageType>([
  MESSAGES.TracesData,
  MESSAGES.ResourceSpans,
  MESSAGES.ScopeSpans,
  MESSAGES.LogsData,
  MESSAGES.ResourceLogs,
  MESSAGES.ScopeLogs,
  MESSAGES.MetricsData,
  MESSAGES.ResourceMetrics,
  MESSAGES.ScopeMetrics,
]);

/** The key of each signal's requests. */
export const LISTS: Readonly<Record<string, Signal>> = {
  resourceSpans: "traces",
  resourceMetrics: "metrics",
  resourceLogs: "logs",
};

/** Keys that OTLP had before version 1. */
const FORMER: Readonly<Record<string, string>> = {
  instrumentationLibrary: "scope",
  instrumentationLibrarySpans: "scopeSpans",
  instrumentationLibraryMetrics: "scopeMetrics",
  instrumentationLibraryLogs: "scopeLogs",
};

/**
 * The unknown keys of a request. Receivers must ignore them, but the sender should learn about a
 * misspelled key, because its value is lost, and about an unknown one if the request has no items.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export class UnknownKeys {
  /** Names a key that OTLP spells differently; always reported. */
  misspelled: string | undefined;
  /** Names a key that may contain items; reported if there are no items. */
  unknown: string | undefined;

  /** @param path Returns the place of the key in the request. */
  note(type: MessageType, name: string, path: () => string): void {
    if (this.misspelled !== undefined) return;
    const known = Object.hasOwn(FORMER, name) ? FORMER[name]! : camelCase(name);
    const isMisspelled = known !== name && type.fields.some((field) => field.name === known);
    if (isMisspelled) {
      this.misspelled = `${path()} is not a key of OTLP's JSON: write "${known}"`;
    } else if (this.unknown === undefined && OUTER.has(type)) {
      const signal = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
      this.unknown = signal === undefined
        ? `${path()} is not a key of OTLP's JSON, and there is nothing else`
        : `${path()} belongs to ${signal}: send it to /v1/${signal}`;
    }
  }
}

/** The name of a protobuf field, such as `resource_spans`, in the form of OTLP's JSON. */
function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
