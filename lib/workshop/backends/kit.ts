import * as v from "valibot";
import type { TracesData } from "../../otlp/json.ts";
import { NUMBER, TRACES_DATA } from "../../otlp/shapes.ts";
import { ask, readJson, readShape, UnreachableError } from "./ask.ts";

const WHO = "The collector";

/** The maximum number of traces that are read. */
const MAX_TRACES = 1_000;

const LIST = v.looseObject({
  matched: NUMBER,
  traces: v.array(v.looseObject({ traceId: v.string(), durationNanos: NUMBER })),
});

const DETAIL = v.looseObject({
  data: TRACES_DATA,
  hints: v.array(v.looseObject({
    id: v.string(),
    title: v.string(),
    evidence: v.looseObject({ detail: v.string() }),
  })),
});

export type ListedTrace = v.InferOutput<typeof LIST>["traces"][number];

/** The parts of a trace that conditions use. */
export interface KitTrace {
  data: TracesData;
  hints: v.InferOutput<typeof DETAIL>["hints"];
}

/** The newest traces that match a query and have a span that started at or after a time. */
export async function findTraces(
  url: string,
  { query, since }: { query: string | undefined; since: number },
): Promise<ListedTrace[]> {
  const parameters = new URLSearchParams({
    limit: String(MAX_TRACES),
    start_time_min: `${since}000000`,
    ...query !== undefined && { query },
  });
  const value = await read(url, `/api/kit/traces?${parameters}`);
  return readShape(WHO, url, { schema: LIST, value }).traces;
}

/** One trace with its hints. */
export async function readKitTrace(url: string, traceId: string): Promise<KitTrace> {
  const value = await read(url, `/api/kit/traces/${traceId}`);
  const { data, hints } = readShape(WHO, url, { schema: DETAIL, value });
  return { data: data as TracesData, hints };
}

async function read(url: string, path: string): Promise<unknown> {
  const { status, text } = await ask(WHO, `${url}${path}`);
  if (status === 200) return readJson(WHO, url, text);
  throw new UnreachableError(`${WHO} answered ${status} at ${new URL(url).origin}`);
}
