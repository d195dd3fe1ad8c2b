import type { Json } from "../../helpers/poll.ts";

/** A series of an answer. */
type Row = [labels: string, points: [number, number][]];

/** The content of an answer of Prometheus' API, sorted unless the query defines the order. */
function answerOf({ status, error, data }: Json, isSorted: boolean): Row[] | string {
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

/** The answers of both to one request. */
export type AskBoth = (path: string) => Promise<{ mine: Json; theirs: Json }>;

/** Each query, at a time and over the 15 minutes before it, to which the two answer differently, and where. */
export async function compareQueries(
  queries: readonly string[],
  { end, step }: { end: number; step: string },
  askBoth: AskBoth,
): Promise<string[]> {
  const faults: string[] = [];
  for (const query of queries) {
    const encoded = encodeURIComponent(query);
    for (
      const path of [
        `/api/v1/query?query=${encoded}&time=${end}`,
        `/api/v1/query_range?query=${encoded}&start=${end - 900}&end=${end}&step=${step}`,
      ]
    ) {
      const { mine, theirs } = await askBoth(path);
      const isSorted = query.startsWith("sort") && path.includes("/query?");
      const difference = firstDifference(answerOf(mine, isSorted), answerOf(theirs, isSorted));
      if (difference) faults.push(`${query}\n  ${path}\n  ${difference}`);
    }
  }
  return faults;
}

/** Where two answers differ; undefined if they don't. */
function firstDifference(mine: Row[] | string, theirs: Row[] | string): string | undefined {
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
