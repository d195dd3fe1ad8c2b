import { escapeName } from "./json_pointer.ts";

/** JSON pointers of what the schema allows and the app doesn't support. */
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

/** Properties that have a meaning just by being present. */
const UNHEEDED_NAMES: readonly RegExp[] = [
  /^\/resource\/detection~1development\/detectors\/\d+\/(?!(host|os|process|service)$)[^/]+$/,
  /^\/tracer_provider\/id_generator\/(?!random$)[^/]+$/,
];

/** Values that mean the same as an absent property. */
const WITHOUT_EFFECT: readonly unknown[] = [null, undefined, "always_off"];

/**
 * The JSON pointers of the properties that a valid configuration sets and the app doesn't support; of nested
 * properties, only the outermost. Anything else that can't be built is reported when it is tried.
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
