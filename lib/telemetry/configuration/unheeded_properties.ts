import { escapeName } from "./json_pointer.ts";

/** What the schema has and the app has not, as JSON pointers. */
const UNHEEDED: readonly RegExp[] = [
  /_configurator~1development$/,
  /^\/meter_provider\/exemplar_filter$/,
  /\/producers$/,
  /\/max_export_batch_size~1development$/,
  /\/periodic\/cardinality_limits\/(?!default$)[^/]+$/,
  /\/pull\/cardinality_limits$/,
  /\/console\/default_histogram_aggregation$/,
  /\/prometheus~1development\/(resource_constant_labels|translation_strategy)$/,
  /\/base2_exponential_bucket_histogram\/max_scale$/,
  /^\/resource\/detection~1development\/attributes$/,
  /^\/instrumentation~1development\/(?!general$)[^/]+$/,
  /^\/instrumentation~1development\/general\/(?!http$)[^/]+$/,
  /^\/instrumentation~1development\/general\/http\/(?!server$)[^/]+$/,
  /^\/distribution\/(?!otel_kit$)[^/]+$/,
  /^\/distribution\/otel_kit\/(?!trust_proxy$)[^/]+$/,
];

/** What is meant by being named, whatever its value. */
const UNHEEDED_NAMES: readonly RegExp[] = [
  /^\/resource\/detection~1development\/detectors\/\d+\/(?!(host|os|process|service)$)[^/]+$/,
  /^\/tracer_provider\/id_generator\/(?!random$)[^/]+$/,
];

/** Values that are the same as nothing. */
const WITHOUT_EFFECT: readonly unknown[] = [null, undefined, "always_off"];

/**
 * The JSON pointers of what a valid configuration asks for and the app does not do; of nested
 * properties the outermost. What else cannot be built is told when it is tried.
 */
export function unheededProperties(value: unknown, pointer = ""): string[] {
  if (UNHEEDED_NAMES.some((pattern) => pattern.test(pointer))) return [pointer];
  if (UNHEEDED.some((pattern) => pattern.test(pointer))) {
    return WITHOUT_EFFECT.includes(value) ? [] : [pointer];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    unheededProperties(member, `${pointer}/${escapeName(name)}`)
  );
}
