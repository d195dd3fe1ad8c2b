import type { Signal } from "./signal.ts";

/** Field numbers on the path from a message to nested ones, level by level. */
export type FieldPath = readonly (readonly number[])[];

/**
 * The path from an export request to its items: spans, data points, of which a metric has one of five kinds,
 * and log records.
 */
export const ITEM_PATHS: Readonly<Record<Signal, FieldPath>> = {
  traces: [[1], [2], [2]],
  metrics: [[1], [2], [2], [5, 7, 9, 10, 11], [1]],
  logs: [[1], [2], [2]],
};
