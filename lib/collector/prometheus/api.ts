import { type Context, Hono } from "hono";
import { VERSION } from "../../version.ts";
import type { Store } from "../store/store.ts";
import type { SeriesSources } from "./load_series.ts";
import { metadataOf } from "./metric_names.ts";
import { ownMetrics } from "./own_metrics.ts";
import { lastOf, readParameters, readSteps, readTime } from "./parameters.ts";
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
      const { runInstantQuery } = await import("./run_query.ts");
      const query = lastOf(parameters, "query");
      const time = readTime(parameters, "time", now());
      return await runInstantQuery({ ...options, warn }, { query, time, now: now() });
    }));

  api.on(METHODS, "/api/v1/query_range", (c) =>
    respond(c, async (parameters, warn) => {
      const { runRangeQuery } = await import("./run_query.ts");
      const query = lastOf(parameters, "query");
      return await runRangeQuery({ ...options, warn }, {
        query,
        ...readSteps(parameters),
        now: now(),
      });
    }));

  api.on(METHODS, "/api/v1/series", (c) =>
    respond(c, async (parameters) => {
      if (!parameters.has("match[]")) {
        throw new QueryError("bad_data", "no match[] parameter provided");
      }
      const labels = await findLabels(options, parameters, now());
      return limited(labels.map((one) => Object.fromEntries(one)), parameters);
    }));

  api.on(METHODS, "/api/v1/labels", (c) =>
    respond(c, async (parameters) => {
      const labels = await findLabels(options, parameters, now());
      return limited(sortedTexts(labels.flatMap((one) => [...one.keys()])), parameters);
    }));

  api.get("/api/v1/label/:name/values", (c) =>
    respond(c, async (parameters) => {
      const name = c.req.param("name");
      const labels = await findLabels(options, parameters, now());
      return limited(sortedTexts(labels.flatMap((one) => one.get(name) ?? [])), parameters);
    }));

  api.get("/api/v1/metadata", (c) =>
    respond(c, async (parameters) => {
      const wanted = lastOf(parameters, "metric");
      const all = [...metadataOf(await store.metrics())]
        .filter(([name]) => wanted === "" || name === wanted);
      return Object.fromEntries(limited(all, parameters));
    }));

  api.on(METHODS, "/api/v1/query_exemplars", (c) =>
    respond(c, async (parameters) => {
      const { findExemplars } = await import("./exemplars.ts");
      return await findExemplars(store, {
        query: lastOf(parameters, "query"),
        start: readTime(parameters, "start", -Infinity),
        end: readTime(parameters, "end", Infinity),
      });
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

/** Applies the `limit` parameter; 0 means no limit. */
function limited<Item>(items: Item[], parameters: URLSearchParams): Item[] {
  const limit = Number(lastOf(parameters, "limit"));
  return limit > 0 ? items.slice(0, limit) : items;
}
