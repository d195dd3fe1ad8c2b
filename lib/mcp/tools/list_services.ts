import { z } from "zod";
import { formatDuration } from "../../time_text.ts";
import type { RouteStats, Services } from "../../collector/model.ts";
import type { Section } from "../answer.ts";
import { quoted } from "../answer.ts";
import { pathWith } from "../ask.ts";
import { defineTool } from "../tool.ts";
import { count, serviceText } from "./trace_line.ts";

const MAX_ROUTES = 20;

/** Who sends, how fast each route is, and who calls whom. */
export const listServices = defineTool({
  name: "list_services",
  title: "Services, their routes and calls",
  description:
    "Lists the services that sent spans, with requests, errors and latency (p50, p95, p99) for each " +
    "route, the slowest first, and which service calls which. Use it to find the slow or failing " +
    "part of a system.",
  input: {
    window: z.string().regex(/^\d+(s|m|h)$/).default("15m")
      .describe("How far back requests count, such as 5m; from 1s to 24h"),
  },
  async run({ window }, { ask }) {
    const { services, edges } = await ask<Services>(pathWith("/api/kit/services", { window }));
    if (services.length === 0) {
      return [{ lines: ["No service has sent spans. get_status says what arrived at all."] }];
    }
    return [
      ...services.map((service): Section => ({
        title: `Service ${serviceText(service.name)}: ${count(service.spanCount, "span")}, ` +
          `${count(service.errorCount, "error")} stored; requests of the last ${window}`,
        lines: slowestFirst(service.routes).slice(0, MAX_ROUTES).map(routeLine),
      })).map((section) =>
        section.lines.length > 0 ? section : { ...section, lines: ["no requests"] }
      ),
      {
        title: "Calls between services",
        lines: edges.map(({ parent, child, callCount, errorCount }) =>
          `${serviceText(parent)} calls ${serviceText(child)}: ${count(callCount, "time")}, ` +
          count(errorCount, "error")
        ),
      },
    ];
  },
});

function slowestFirst(routes: readonly RouteStats[]): RouteStats[] {
  return [...routes].sort((a, b) => b.p95Nanos - a.p95Nanos);
}

function routeLine(
  { name, count: requests, errorCount, p50Nanos, p95Nanos, p99Nanos }: RouteStats,
) {
  return `${quoted(name)}: ${count(requests, "request")}, ${count(errorCount, "error")}, p50 ` +
    `${formatDuration(p50Nanos)}, p95 ${formatDuration(p95Nanos)}, p99 ${formatDuration(p99Nanos)}`;
}
