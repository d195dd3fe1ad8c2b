/** The span's kinds, by their numbers in OTLP. */
export const KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"];

/** The span's status codes, by their numbers in OTLP. */
export const STATUSES = ["unset", "ok", "error"];

/** A field that every span has, described for completion and documentation. */
export interface Field {
  name: string;
  about: string;
  /** The possible values, if there are only a few. */
  values?: readonly string[];
  /** Whether it is a duration: it can be compared by size, others only by equality. */
  isDuration?: boolean;
  /** Whether it is in the details of a span, which are slow to read. */
  isDeep?: boolean;
}

/** The fields that are not attributes. */
export const FIELDS: readonly Field[] = [
  { name: "service", about: "the resource's service.name" },
  { name: "name", about: "the span's name, such as GET /orders/:id" },
  { name: "kind", about: "the span's kind", values: KINDS.slice(1) },
  { name: "status", about: "the span's status code", values: STATUSES },
  { name: "status.message", about: "the status's message", isDeep: true },
  { name: "duration", about: "how long the span took, such as 100ms", isDuration: true },
  {
    name: "trace.duration",
    about: "how long the whole trace took, such as 100ms",
    isDuration: true,
  },
  { name: "scope.name", about: "the instrumentation scope, usually a library", isDeep: true },
  { name: "scope.version", about: "the version of that scope", isDeep: true },
  { name: "event.name", about: "the name of one of the span's events", isDeep: true },
  { name: "trace", about: "the trace's id, in hex" },
  { name: "span", about: "the span's id, in hex" },
];

/** Where an attribute can be; a prefix in the query selects the level. */
export const LEVELS = ["span", "resource", "scope", "event", "link"] as const;
export type Level = typeof LEVELS[number];

/** The field with a name; undefined if it is the name of an attribute. */
export function findField(name: string): Field | undefined {
  return FIELDS.find((field) => field.name === name);
}

/** An attribute's key, and the level if there is a prefix for it. */
export function attributePath(name: string): { key: string; level?: Level } {
  const level = LEVELS.find((level) => name.startsWith(`${level}.`));
  return level ? { key: name.slice(level.length + 1), level } : { key: name };
}
