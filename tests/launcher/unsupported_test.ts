import { assertEquals } from "@std/assert";
import { unsupportedSettings } from "../../lib/launcher/unsupported.ts";
import { readSettings } from "../../lib/telemetry/read_settings.ts";

Deno.test("unsupportedSettings() lists what the SDK on Bun does not support", () => {
  const told = (env: Record<string, string>) =>
    unsupportedSettings("bun", readSettings(env)).map((sentence) => sentence.split(":")[0]);
  assertEquals(
    told({
      OTEL_TRACES_EXPORTER: "console",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_BSP_SCHEDULE_DELAY: "9",
    }),
    [],
  );
  const without = { OTEL_METRICS_EXPORTER: "console", OTEL_METRIC_EXPORT_INTERVAL: "9" };
  assertEquals(told(without), ["OTEL_METRICS_EXPORTER", "OTEL_METRIC_EXPORT_INTERVAL"]);
});

Deno.test("unsupportedSettings() lists what programs on Node do not read", () => {
  const env = {
    OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: "GET",
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "x-a",
  };
  assertEquals(unsupportedSettings("node", readSettings(env)), [
    "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: no effect on node; its instrumentation has a fixed list of methods",
  ]);
});
