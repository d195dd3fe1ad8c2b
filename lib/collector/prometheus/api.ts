import { type Context, Hono } from "hono";
import { messageOf } from "../../error_message.ts";
import { readShortBody } from "../short_body.ts";
import type { CollectorStats } from "../model.ts";
import type { Store } from "../store/store.ts";
import { ownFamilies, ownMetrics } from "./own_metrics.ts";
import { type Sample, samplesOf } from "./samples.ts";

/** Enough for the longest query with all of its characters escaped. */
const MAX_FORM_BYTES = 128 * 1024;

/** The service name of the collector's own metrics. */
const JOB = "otel-kit";

/** The sources of {@linkcode createPrometheusApi}. */
export interface PrometheusApiOptions {
  store: Pick<Store, "metrics" | "metric">;
  stats: () => Promise<CollectorStats>;
}

/**
 * The part of Prometheus' API for current values: `/api/v1/query` with a selector, and `/-/ready`; and
 * `/metrics`, which a Prometheus can scrape.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export function createPrometheusApi({ store, stats }: PrometheusApiOptions): Hono {
  const api = new Hono();

  api.get("/-/ready", (c) => c.text("otel-kit is ready.\n"));

  api.get("/metrics", async (c) =>
    c.body(ownMetrics(await stats()), 200, {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
    }));

  api.on(["GET", "POST"], "/api/v1/query", async (c) => {
    let samples: Sample[];
    try {
      const posted = c.req.method === "POST" ? await readFormQuery(c) : undefined;
      // It loads a regular expression engine, which most collectors never need.
      const { parseSelector } = await import("./selector.ts");
      const isMeant = parseSelector(posted ?? c.req.query("query") ?? "");
      const all = [...ownSamples(await stats()), ...await currentSamples(store)];
      samples = all.filter(({ labels }) => isMeant(labels));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return c.json({ status: "error", errorType: "bad_data", error: error.message }, 400);
    }
    const now = Date.now() / 1000;
    return c.json({
      status: "success",
      data: {
        resultType: "vector",
        result: samples.map(({ labels, value }) => ({
          metric: labels,
          value: [now, formatValue(value)],
        })),
      },
    });
  });

  return api;
}

/**
 * @throws {SyntaxError} If the body is not a form, whatever its media type.
 * @throws {LongBodyError} If it is longer than the form of any query.
 */
async function readFormQuery({ req }: Context): Promise<string | undefined> {
  const body = await readShortBody(req.raw, MAX_FORM_BYTES);
  const type = req.header("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return undefined;
  try {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const query = form.getAll("query").at(-1);
    return typeof query === "string" ? query : undefined;
  } catch (error) {
    throw new SyntaxError(`Cannot read the form: ${messageOf(error)}`, { cause: error });
  }
}

/** The metadata that a Prometheus would have about the collector itself. */
function ownSamples(stats: CollectorStats): Sample[] {
  const families = [{ name: "up", value: 1 }, ...ownFamilies(stats)];
  return families.map(({ name, value }) => ({ labels: { __name__: name, job: JOB }, value }));
}

async function currentSamples(store: PrometheusApiOptions["store"]): Promise<Sample[]> {
  const targets = new Map<string, Sample>();
  const samples: Sample[] = [];
  for (const { name } of await store.metrics()) {
    const metric = await store.metric(name);
    if (!metric) continue;
    for (const { serviceName, serviceInstanceId } of metric.series) {
      targets.set(`${serviceName}\0${serviceInstanceId}`, {
        labels: {
          __name__: "target_info",
          job: serviceName,
          ...serviceInstanceId && { instance: serviceInstanceId },
        },
        value: 1,
      });
    }
    samples.push(...samplesOf(metric));
  }
  return [...samples, ...targets.values()];
}

function formatValue(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}
