/** A map in a configuration. */
export type Mapping = Record<string, unknown>;

/** The value as a map; anything else is an empty one. */
export function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Mapping
    : {};
}

/** The value as a list of names; anything else is an empty one. */
export function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The kind of a component: `otlp_grpc/jaeger` is an `otlp_grpc`. */
export function typeOf(id: string): string {
  return id.split("/")[0]!;
}
