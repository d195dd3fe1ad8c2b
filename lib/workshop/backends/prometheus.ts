import * as v from "valibot";
import { askForJson, readShape } from "./ask.ts";

/** The last value of a series. */
export interface SeriesValue {
  /** With its name as `__name__`. */
  labels: Readonly<Record<string, string>>;
  value: number;
}

const WHO = "Prometheus";

const VECTOR = v.looseObject({
  data: v.looseObject({
    result: v.array(v.looseObject({
      metric: v.record(v.string(), v.string()),
      value: v.tuple([v.number(), v.string()]),
    })),
  }),
});

/** The labels that can hold the service name, depending on how Prometheus scrapes it. */
const SERVICE_LABELS = ["exported_job", "service_name", "job"];

/** The series of a metric, whether or not its name ends in `_total`. */
export async function findSeries(url: string, name: string): Promise<SeriesValue[]> {
  const stem = name.replace(/_total$/, "");
  return await evaluate(url, `{__name__=~"${stem}(_total)?"}`);
}

/** The largest value of each series of a gauge in the last seconds, without the name of the metric. */
export async function findPeaks(
  url: string,
  name: string,
  seconds: number,
): Promise<SeriesValue[]> {
  return await evaluate(url, `max_over_time(${name}[${seconds}s])`);
}

async function evaluate(url: string, expression: string): Promise<SeriesValue[]> {
  const query = encodeURIComponent(expression);
  const value = await askForJson(WHO, `${url}/api/v1/query?query=${query}`);
  const { data } = readShape(WHO, url, { schema: VECTOR, value });
  return data.result.map(({ metric, value: [, value] }) => ({
    labels: metric,
    value: Number(value.replace("Inf", "Infinity")),
  }));
}

/** The name of the service that a series is of; empty if it has none. */
export function serviceOf({ labels }: SeriesValue): string {
  return SERVICE_LABELS.map((label) => labels[label]).find(Boolean) ?? "";
}

/** Whether a series is of a service. */
export function isOfService({ labels }: SeriesValue, service: string): boolean {
  return SERVICE_LABELS.some((label) => labels[label] === service);
}
