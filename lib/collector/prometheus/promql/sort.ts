import { labelsKey } from "./labels.ts";
import type { Column } from "./values.ts";

/**
 * Sorts by value at the only step of an instant query; NaN comes last. A range query keeps its own order.
 */
export function sortColumns(columns: Column[], isFalling: boolean): Column[] {
  if (columns[0]?.values.length !== 1) return columns;
  return columns.filter(({ has }) => has[0]).sort((a, b) => {
    const [x, y] = [a.values[0]!, b.values[0]!];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    }
    return isFalling ? y - x : x - y;
  });
}

const natural = new Intl.Collator("en", { numeric: true });

/** Sorts by the values of labels; numbers within them are compared by value. */
export function sortColumnsByLabel(
  columns: Column[],
  names: string[],
  isFalling: boolean,
): Column[] {
  return [...columns].sort((a, b) => {
    let order = 0;
    for (const name of names) {
      order ||= natural.compare(a.labels.get(name) ?? "", b.labels.get(name) ?? "");
    }
    order ||= labelsKey(a.labels) < labelsKey(b.labels) ? -1 : 1;
    return isFalling ? -order : order;
  });
}
