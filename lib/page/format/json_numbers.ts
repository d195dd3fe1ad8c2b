import type { MetricPoint } from "../../collector/model.ts";

const NON_FINITE: ReadonlySet<unknown> = new Set(["NaN", "Infinity", "-Infinity"]);

/** Restores the numbers of a data point from JSON, where those that JSON lacks are texts. */
export function withNumbers(point: MetricPoint): MetricPoint {
  return numbersIn(point) as MetricPoint;
}

function numbersIn(value: unknown): unknown {
  if (NON_FINITE.has(value)) return Number(value);
  if (Array.isArray(value)) return value.map(numbersIn);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === "filteredAttributes" ? member : numbersIn(member),
  ]);
  return Object.fromEntries(members);
}
