import type { ExportResult } from "@opentelemetry/core";
import { ConsoleMetricExporter, type ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { shownAs, visibleParts } from "../visible_parts.ts";

/** The SDK's exporter, which here escapes control characters in the content of metrics. */
export class VisibleMetricExporter extends ConsoleMetricExporter {
  override export(metrics: ResourceMetrics, done: (result: ExportResult) => void): void {
    super.export({
      resource: shownAs(metrics.resource, {
        attributes: visibleParts(metrics.resource.attributes),
      }),
      scopeMetrics: visibleParts(metrics.scopeMetrics),
    }, done);
  }
}
