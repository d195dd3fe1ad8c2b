import type { MetricSummary } from "../../collector/model.ts";
import { visible } from "../../unsafe_text.ts";
import { METRICS, PROMETHEUS_ANSWER, type PrometheusSeries } from "../collector/answer_shapes.ts";
import { type ApiClient, clientOf, UI_URL_FLAG } from "../collector/api_client.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";
import type { Output } from "../output.ts";
import { WIDTH } from "../terminal/trace_lines.ts";
import { paint } from "../terminal/style.ts";
import { cut, fit } from "../terminal/text.ts";

const NAME_WIDTH = 34;
const TYPE_WIDTH = 11;
const UNIT_WIDTH = 9;

const FLAGS = {
  query: {
    placeholder: "PROMQL",
    nonEmpty: true,
    help: "Evaluate this expression now, such as 'sum(rate(http_server_requests_total[5m]))'",
  },
  json: { help: "Print one line of JSON per metric, or per series of the query" },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

/** `otel-kit metrics`: the metrics in a collector, and their values. */
export const metrics = defineCommand({
  name: "metrics",
  flags: FLAGS,
  arguments: "mixed",
  help: () => ({
    usage: "[TEXT] [flags]",
    about:
      "Lists the metrics in a running collector or demo, or those whose name contains a text. " +
      "--query evaluates PromQL over them.",
  }),
  async run({ flags, rest }, { output }) {
    const [text = "", other] = rest;
    if (other !== undefined || (text !== "" && flags.query !== undefined)) {
      throw new UsageError(`Cannot use "${other ?? text}": metrics takes one text, or --query`);
    }
    const client = clientOf(flags);
    if (flags.query !== undefined) await evaluate(client, flags.query, flags, output);
    else await list(client, text.toLowerCase(), flags, output);
    return 0;
  },
});

type Flags = FlagValues<typeof FLAGS>;

async function list(client: ApiClient, text: string, { json }: Flags, output: Output) {
  const all = await client.get("/api/kit/metrics", METRICS);
  const found = all.filter(({ name }) => name.toLowerCase().includes(text));
  for (const metric of found) output.data(json ? JSON.stringify(metric) : metricLine(metric));
  if (!json) output.status(`${found.length} of ${all.length} metrics`);
}

function metricLine({ name, type, unit, serviceNames }: MetricSummary): string {
  const services = serviceNames.map((service) => visible(service) || "(no service.name)").join(
    ", ",
  );
  const kind = type === "exponentialHistogram" ? "exponential" : type;
  const line = `${fit(visible(name), NAME_WIDTH)} ${fit(kind, TYPE_WIDTH)} ` +
    `${fit(visible(unit), UNIT_WIDTH)} `;
  return line + cut(services, WIDTH - NAME_WIDTH - TYPE_WIDTH - UNIT_WIDTH - 3);
}

async function evaluate(client: ApiClient, query: string, { json }: Flags, output: Output) {
  const path = `/api/v1/query?${new URLSearchParams({ query })}`;
  const { data } = await client.get(path, PROMETHEUS_ANSWER);
  if (data.resultType === "scalar" || data.resultType === "string") {
    output.data(json ? JSON.stringify({ value: data.result }) : visible(data.result[1]));
    return;
  }
  const series = data.result;
  for (const one of series) output.data(json ? JSON.stringify(one) : seriesLine(one));
  if (series.length === 0) output.status("No series matches");
}

function seriesLine({ metric, value, values }: PrometheusSeries): string {
  const labels = Object.entries(metric).map(([name, text]) =>
    `${visible(name)}=${JSON.stringify(visible(text))}`
  );
  const shown = value ? [value] : values ?? [];
  return `${shown.map(([, text]) => visible(text)).join(" ")}  ${
    paint("grey", `{${labels.join(", ")}}`)
  }`;
}
