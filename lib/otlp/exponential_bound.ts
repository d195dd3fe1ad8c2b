/**
 * The lower bound of a bucket of an exponential histogram, for positive values. It is exactly the same at every
 * scale that has it.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponential-scale
 */
export function exponentialBound(index: number, scale: number): number {
  return 2 ** (index * 2 ** -scale);
}
