import type { RouteStats, ServiceEdge, ServiceStats } from "../../collector/model.ts";
import { formatDuration } from "../../time_text.ts";
import { visible } from "../../unsafe_text.ts";
import { SERVICES } from "../collector/answer_shapes.ts";
import { clientOf, UI_URL_FLAG } from "../collector/api_client.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { paint } from "../terminal/style.ts";
import { WIDTH } from "../terminal/trace_lines.ts";
import { cut, fit } from "../terminal/text.ts";

const DEFAULT_WINDOW = "15m";

const NAME_WIDTH = 30;
const NUMBER_WIDTH = 10;

const FLAGS = {
  window: {
    placeholder: "TIME",
    nonEmpty: true,
    help: `How far back requests count, from 1s to 24h (default ${DEFAULT_WINDOW})`,
  },
  json: { help: `Print one line of JSON each: {"service":...} or {"call":...}` },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

/** `otel-kit services`: who sends, how fast each route is, and who calls whom. */
export const services = defineCommand({
  name: "services",
  flags: FLAGS,
  help: () => ({
    usage: "[flags]",
    about: "Lists the services that sent spans to a running collector or demo, with requests, " +
      "errors, and latency of each route, and the calls between services.",
  }),
  async run({ flags }, { output }) {
    const window = flags.window ?? DEFAULT_WINDOW;
    if (!/^\d+(s|m|h)$/.test(window)) {
      throw new UsageError(`Cannot use --window "${window}": expected 30s, 15m or 1h`);
    }
    const path = `/api/kit/services?window=${window}`;
    const { services, edges } = await clientOf(flags).get(path, SERVICES);
    if (flags.json) {
      for (const service of services) output.data(JSON.stringify({ service }));
      for (const call of edges) output.data(JSON.stringify({ call }));
      return 0;
    }
    for (const line of [...services.flatMap(serviceLines), ...callLines(edges)]) output.data(line);
    if (services.length === 0) output.status("No service has sent spans");
    return 0;
  },
});

function serviceLines({ name, spanCount, errorCount, routes }: ServiceStats): string[] {
  const title = `${
    visible(name) || "(no service.name)"
  }  ${spanCount} spans, ${errorCount} with errors`;
  return [
    paint("bold", cut(title, WIDTH)),
    ...routes.length > 0
      ? [paint("grey", row(["route", "requests", "errors", "p50", "p95", "p99"]))]
      : [],
    ...routes.map(routeLine),
    "",
  ];
}

function routeLine({ name, count, errorCount, p50Nanos, p95Nanos, p99Nanos }: RouteStats): string {
  const times = [p50Nanos, p95Nanos, p99Nanos].map(formatDuration);
  const line = row([visible(name), String(count), String(errorCount), ...times]);
  return errorCount > 0 ? paint("red", line) : line;
}

function row([name = "", ...numbers]: readonly string[]): string {
  return `  ${fit(name, NAME_WIDTH)}${
    numbers.map((text) => text.padStart(NUMBER_WIDTH - 1)).join("")
  }`;
}

function callLines(edges: readonly ServiceEdge[]): string[] {
  if (edges.length === 0) return [];
  return [
    paint("bold", "Calls"),
    ...edges.map(({ parent, child, callCount, errorCount }) =>
      cut(
        `  ${visible(parent)} → ${visible(child)}  ${callCount}, ${errorCount} with errors`,
        WIDTH,
      )
    ),
  ];
}
