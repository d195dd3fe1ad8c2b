import type { MetricType } from "../../model.ts";
import { pointOf } from "./metric_point.ts";

/** Whether two data points of a series say the same, however they are encoded. */
export function isSamePoint(type: MetricType, a: Uint8Array, b: Uint8Array): boolean {
  if (isEqual(a, b)) return true;
  const text = textOf(type, a);
  return text !== undefined && text === textOf(type, b);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** The point as text; undefined if it has a number that may be rounded, so that only its bytes tell. */
function textOf(type: MetricType, bytes: Uint8Array): string | undefined {
  let isExact = true;
  const text = JSON.stringify(pointOf(type, bytes).point, (_, value) => {
    if (typeof value !== "number") return value;
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) isExact = false;
    // JSON has neither NaN nor infinities, and no sign for 0.
    return Number.isFinite(value) && !Object.is(value, -0) ? value : `${value} ${1 / value}`;
  });
  return isExact ? text : undefined;
}
