import { assertEquals } from "@std/assert";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { DataPointType, type ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { withUnitsInNames } from "../../../lib/telemetry/metrics/prometheus_units.ts";

/** The metric's name and unit in Prometheus. */
function named(name: string, unit: string): [name: string | undefined, unit: string | undefined] {
  const metric = { descriptor: { name, unit }, dataPointType: DataPointType.SUM, dataPoints: [] };
  const given = {
    resource: resourceFromAttributes({}),
    scopeMetrics: [{ scope: { name: "test" }, metrics: [metric] }],
  } as unknown as ResourceMetrics;
  const descriptor = withUnitsInNames(given).scopeMetrics[0]?.metrics[0]?.descriptor;
  return [descriptor?.name, descriptor?.unit];
}

Deno.test("withUnitsInNames() writes units as words, once, and before _total", () => {
  for (
    const [name, unit, expected, word] of [
      ["http.server.request.duration", "s", "http.server.request.duration_seconds", "seconds"],
      ["http.server.active_requests", "{request}", "http.server.active_requests", ""],
      ["read", "By", "read_bytes", "bytes"],
      ["read_bytes", "By", "read_bytes", "bytes"],
      ["read_total", "By", "read_bytes_total", "bytes"],
      ["speed", "By/s", "speed_bytes_per_second", "bytes_per_second"],
      ["rate", "{request}/min", "rate_per_minute", "per_minute"],
      ["used", "1", "used", ""],
      ["used", "", "used", ""],
      ["price", "EUR", "price_EUR", "EUR"],
    ] as const
  ) assertEquals(named(name, unit), [expected, word], `${name} in ${unit}`);
});
