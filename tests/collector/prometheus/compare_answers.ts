import type { Json } from "../../helpers/poll.ts";

/** A series of an answer. */
type Row = [labels: string, points: [number, number][]];

/** The content of an answer of Prometheus' API, sorted unless the query defines the order. */
export function answerOf({ status, error, data }: Json, isSorted: boolean): Row[] | string {
  if (status !== "success") return `${status}: ${error}`;
  const point = ([time, value]: [number, string]): [number, number] => [
    time,
    value === "+Inf" ? Infinity : value === "-Inf" ? -Infinity : Number(value),
  ];
  if (data.resultType === "scalar") return [["scalar", [point(data.result)]]];
  const rows = data.result.map(({ metric, value, values }: Json): Row => [
    sorted(Object.entries(metric).map((entry) => JSON.stringify(entry))).join(),
    (values ?? [value]).map(point),
  ]);
  return isSorted ? rows : rows.sort(([a]: Row, [b]: Row) => a < b ? -1 : 1);
}

/** Where two answers differ; undefined if they don't. */
export function firstDifference(mine: Row[] | string, theirs: Row[] | string): string | undefined {
  if (typeof mine === "string" || typeof theirs === "string") {
    return mine === theirs ? undefined : `${JSON.stringify(mine)} / ${JSON.stringify(theirs)}`;
  }
  if (mine.length !== theirs.length) {
    const labels = (rows: Row[]) => rows.map(([text]) => text).join("\n    ");
    return `${mine.length} / ${theirs.length} series:\n    ${labels(mine)}\n  /\n    ${
      labels(theirs)
    }`;
  }
  for (const [i, [labels, points]] of mine.entries()) {
    const [others, expected] = theirs[i]!;
    if (labels !== others) return `${labels} / ${others}`;
    if (points.length !== expected.length) {
      return `${labels}: ${points.length} / ${expected.length} points`;
    }
    for (const [at, [time, value]] of points.entries()) {
      const [theirTime, theirValue] = expected[at]!;
      if (time !== theirTime || !isClose(value, theirValue)) {
        return `${labels}: ${value} / ${theirValue} at ${time} / ${theirTime}`;
      }
    }
  }
  return undefined;
}

function isClose(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) ||
    Math.abs(a - b) < 1e-12;
}

/** The items in an order that depends on their content only. */
export function sorted<Item>(items: Item[]): Item[] {
  const key = (item: Item) =>
    JSON.stringify(typeof item === "object" ? Object.entries(item as object).sort() : item);
  return [...items].sort((a, b) => key(a) < key(b) ? -1 : 1);
}
