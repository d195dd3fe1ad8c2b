import * as v from "valibot";
import { ask, readJson, readShape, UnreachableError } from "../backends/ask.ts";
import type { Rule } from "./read_rules.ts";

/** A time in milliseconds since 1970, and a value. */
export type Point = readonly [atMillis: number, value: number];

/** The values of one series of a rule's result. */
export interface PanelSeries {
  /** Its labels; empty if there is only one series. */
  name: string;
  points: readonly Point[];
}

/** A rule, and what it was during the last minutes. */
export interface Panel extends Rule {
  series: readonly PanelSeries[];
  /** Why there is nothing to draw, as a sentence. */
  problem?: string;
}

/** A range of time, in milliseconds since 1970, and the distance between two points. */
export interface Range {
  from: number;
  to: number;
  stepMillis: number;
}

const WHO = "Prometheus";

const MATRIX = v.looseObject({
  data: v.looseObject({
    result: v.array(v.looseObject({
      metric: v.record(v.string(), v.string()),
      values: v.array(v.tuple([v.number(), v.string()])),
    })),
  }),
});
const FAILURE = v.looseObject({ error: v.string() });

/** Evaluates each rule over a range of time. What fails is in its panel. */
export async function evaluatePanels(
  rules: readonly Rule[],
  prometheusUrl: string,
  range: Range,
): Promise<Panel[]> {
  return await Promise.all(rules.map((rule) => evaluatePanel(rule, prometheusUrl, range)));
}

async function evaluatePanel(rule: Rule, url: string, range: Range): Promise<Panel> {
  if (rule.expr === "") return { ...rule, series: [], problem: "It has no expr yet." };
  const parameters = new URLSearchParams({
    query: rule.expr,
    start: String(range.from / 1000),
    end: String(range.to / 1000),
    step: String(range.stepMillis / 1000),
  });
  try {
    const { text } = await ask(WHO, `${url}/api/v1/query_range?${parameters}`);
    const value = readJson(WHO, url, text);
    const failure = v.safeParse(FAILURE, value);
    if (failure.success) {
      return { ...rule, series: [], problem: `It isn't valid PromQL: ${failure.output.error}` };
    }
    const { result } = readShape(WHO, url, { schema: MATRIX, value }).data;
    const series = result.map(({ metric, values }) => ({
      name: labelsOf(metric),
      points: values.map(([seconds, text]): Point => [seconds * 1000, Number(text)])
        .filter(([, value]) => Number.isFinite(value)),
    })).filter(({ points }) => points.length > 0);
    return series.length > 0 || rule.isAlert
      ? { ...rule, series }
      : { ...rule, series, problem: "It had no result in this time." };
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return { ...rule, series: [], problem: `${error.message}.` };
  }
}

function labelsOf(metric: Record<string, string>): string {
  return Object.entries(metric).map(([name, value]) => `${name}=${value}`).join(" ");
}
