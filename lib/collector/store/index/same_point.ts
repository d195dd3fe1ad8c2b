import { nonFiniteAsText } from "../../../otlp/non_finite.ts";
import type { MetricType } from "../../model.ts";
import { pointOf } from "./metric_point.ts";

/** Whether two data points of a series say the same, however they are encoded. */
export function isSamePoint(type: MetricType, a: Uint8Array, b: Uint8Array): boolean {
  return isEqual(a, b) || textOf(type, a) === textOf(type, b);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function textOf(type: MetricType, bytes: Uint8Array): string {
  return JSON.stringify(pointOf(type, bytes).point, nonFiniteAsText);
}
