import { type Context, Hono } from "hono";
import { VERSION } from "../../version.ts";
import type { Store } from "../store/store.ts";
import type { SeriesSources } from "./load_series.ts";
import { metadataOf } from "./metric_names.ts";
import { ownFamilies, ownMetrics } from "./own_metrics.ts";
import {
  lastOf,
  readLimit,
  readParameters,
  readSteps,
  readTime,
  refuseOptions,
} from "./parameters.ts";
import type { QueryData } from "./run_query.ts";
import { type Labels, QueryError } from "./promql/values.ts";

/** The sources of {@linkcode createPrometheusApi}. */
export interface PrometheusApiOptions extends Omit<SeriesSources, "warn"> {
  store: Pick<Store, "metrics" | "samples" | "metricJson">;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * The version of Prometheus whose API and semantics this follows; clients use it to choose their
 * requests.
 */
const API_VERSION = "3.0.0";

/** Selects everything, for requests for names without a selector. */
const EVERYTHING = '{__name__=~".+"}';

const METHODS = ["GET", "POST"];

/** Returns the `data` member of a response in Prometheus's JSON; may add to its `warnings`. */
type Answer = (
  parameters: URLSearchParams,
  warn: (message: string) => void,
) => Promise<unknown>;

/**
 * Prometheus's query API on top of the store, `/-/ready`, and `/metrics`, which a Prometheus server can
 * scrape. The first query loads the evaluator, because most collectors never need it.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function createPrometheusApi(options: PrometheusApiOptions): Hono {
  const { store, stats, now = Date.now } = options;
  const api = new Hono();

  api.get("/-/ready", (c) => c.text("otel-kit is ready.\n"));
  api.get("/-/healthy", (c) => c.text("otel-kit is healthy.\n"));

  api.get("/metrics", async (c) =>
    c.body(ownMetrics(await stats()), 200, {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
    }));

  api.on(METHODS, "/api/v1/query", (c) =>
    respond(c, async (parameters, warn) => {
      refuseOptions(parameters);
      const { runInstantQuery } = await import("./run_query.ts");
      const query = lastOf(parameters, "query");
      const time = readTime(parameters, "time", now());
      const data = await runInstantQuery({ ...options, warn }, { query, time, now: now() });
      return limitedResult(data, parameters, warn);
    }));

  api.on(METHODS, "/api/v1/query_range", (c) =>
    respond(c, async (parameters, warn) => {
      refuseOptions(parameters);
      const { runRangeQuery } = await import("./run_query.ts");
      const query = lastOf(parameters, "query");
      const steps = readSteps(parameters);
      const data = await runRangeQuery({ ...options, warn }, { query, ...steps, now: now() });
      return limitedResult(data, parameters, warn);
    }));

  api.on(METHODS, "/api/v1/series", (c) =>
    respond(c, async (parameters, warn) => {
      if (!parameters.has("match[]")) {
        throw new QueryError("bad_data", "no match[] parameter provided");
      }
      const labels = await findLabels(options, parameters, now());
      return limited(labels.map((one) => Object.fromEntries(one)), parameters, warn);
    }));

  api.on(METHODS, "/api/v1/labels", (c) =>
    respond(c, async (parameters, warn) => {
      const labels = await findLabels(options, parameters, now());
      return limited(sortedTexts(labels.flatMap((one) => [...one.keys()])), parameters, warn);
    }));

  api.get("/api/v1/label/:name/values", (c) =>
    respond(c, async (parameters, warn) => {
      const name = c.req.param("name");
      const labels = await findLabels(options, parameters, now());
      return limited(sortedTexts(labels.flatMap((one) => one.get(name) ?? [])), parameters, warn);
    }));

  api.get("/api/v1/metadata", (c) =>
    respond(c, async (parameters) => {
      const wanted = lastOf(parameters, "metric");
      const perMetric = readLimit(parameters, "limit_per_metric");
      const all = [...metadataOf(await store.metrics(), ownFamilies(await stats()))]
        .filter(([name]) => wanted === "" || name === wanted)
        .map(([name, entries]) => [name, entries.slice(0, perMetric)]);
      return Object.fromEntries(limited(all, parameters));
    }));

  api.on(METHODS, "/api/v1/query_exemplars", (c) =>
    respond(c, async (parameters) => {
      const { findExemplars } = await import("./exemplars.ts");
      const [start, end] = [
        readTime(parameters, "start", -Infinity),
        readTime(parameters, "end", Infinity),
      ];
      if (end < start) {
        throw new QueryError("bad_data", "end timestamp must not be before start timestamp");
      }
      return await findExemplars(store, { query: lastOf(parameters, "query"), start, end });
    }));

  addFixedAnswers(api);
  return api;
}

/** Adds fixed responses for features that clients ask about but this collector doesn't have. */
function addFixedAnswers(api: Hono): void {
  const answers: Record<string, unknown> = {
    "/api/v1/status/buildinfo": {
      version: API_VERSION,
      revision: `otel-kit ${VERSION}`,
      branch: "",
      buildUser: "",
      buildDate: "",
      goVersion: "",
    },
    "/api/v1/rules": { groups: [] },
    "/api/v1/alerts": { alerts: [] },
    "/api/v1/alertmanagers": { activeAlertmanagers: [], droppedAlertmanagers: [] },
  };
  for (const [path, data] of Object.entries(answers)) {
    api.get(path, (c) => c.json({ status: "success", data }));
  }
}

async function respond(c: Context, answer: Answer): Promise<Response> {
  const warnings = new Set<string>();
  try {
    const data = await answer(await readParameters(c.req), (message) => warnings.add(message));
    return c.json({ status: "success", data, ...warnings.size > 0 && { warnings: [...warnings] } });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { type: errorType, message } = error;
    const status = errorType === "bad_data" ? 400 : 422;
    return c.json({ status: "error", errorType, error: message }, status);
  }
}

async function findLabels(
  options: SeriesSources,
  parameters: URLSearchParams,
  now: number,
): Promise<Labels[]> {
  const { findSeries } = await import("./run_query.ts");
  const given = parameters.getAll("match[]");
  return await findSeries(options, {
    matches: given.length > 0 ? given : [EVERYTHING],
    start: readTime(parameters, "start", -Infinity),
    end: readTime(parameters, "end", Infinity),
    now,
  });
}

function sortedTexts(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort();
}

/** Applies the `limit` parameter, with a warning, if there is one, if that leaves some out. */
function limited<Item>(
  items: Item[],
  parameters: URLSearchParams,
  warn?: (message: string) => void,
): Item[] {
  const limit = readLimit(parameters, "limit");
  if (items.length > limit) warn?.("results truncated due to limit");
  return items.slice(0, limit);
}

/** Applies the `limit` parameter to the series of a result. */
function limitedResult(
  data: QueryData,
  parameters: URLSearchParams,
  warn: (message: string) => void,
): QueryData {
  if (data.resultType !== "vector" && data.resultType !== "matrix") return data;
  return data.resultType === "vector"
    ? { ...data, result: limited(data.result, parameters, warn) }
    : { ...data, result: limited(data.result, parameters, warn) };
}
