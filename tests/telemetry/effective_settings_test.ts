import { assertEquals } from "@std/assert";
import { effectiveSettings } from "../../lib/telemetry/effective_settings.ts";
import { type Environment, readSettings } from "../../lib/telemetry/read_settings.ts";
import { isVariable, type Variable, VARIABLES } from "../../lib/telemetry/settings.ts";

const OTLP = "OTEL_EXPORTER_OTLP_";

Deno.test("effectiveSettings() keeps given values, and the origins of values that were not derived", () => {
  const reading = readSettings({}, { OTEL_SERVICE_NAME: "shop" });
  const { settings, origins } = effectiveSettings(reading);
  assertEquals(settings.OTEL_SERVICE_NAME, "shop");
  for (const variable of VARIABLES) {
    assertEquals(origins[variable], variable === "OTEL_SERVICE_NAME" ? "flag" : "default");
    const given = reading.settings[variable];
    if (given !== undefined) assertEquals(settings[variable], given, variable);
  }
});

/** Variables, and the effective settings: value and origin. */
const ROWS: [
  env: Environment,
  effective: Partial<Record<string, [value: unknown, origin: string]>>,
][] = [
  [{}, {
    [`${OTLP}ENDPOINT`]: ["http://localhost:4318", "default"],
    [`${OTLP}LOGS_ENDPOINT`]: ["http://localhost:4318/v1/logs", "default"],
    [`${OTLP}PROTOCOL`]: ["http/protobuf", "default"],
    [`${OTLP}METRICS_PROTOCOL`]: ["http/protobuf", "default"],
    [`${OTLP}TIMEOUT`]: [10_000, "default"],
    [`${OTLP}COMPRESSION`]: ["none", "default"],
    [`${OTLP}INSECURE`]: [false, "default"],
    [`${OTLP}HEADERS`]: [undefined, "default"],
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: [128, "default"],
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: [undefined, "default"],
  }],
  [{ [`${OTLP}ENDPOINT`]: "http://c:4317" }, {
    [`${OTLP}ENDPOINT`]: ["http://c:4317", "environment"],
    [`${OTLP}PROTOCOL`]: ["grpc", "derived"],
    [`${OTLP}TRACES_ENDPOINT`]: ["http://c:4317", "derived"],
    [`${OTLP}TRACES_PROTOCOL`]: ["grpc", "derived"],
  }],
  [{ [`${OTLP}TRACES_ENDPOINT`]: "c:4317", [`${OTLP}TIMEOUT`]: "500" }, {
    [`${OTLP}TRACES_ENDPOINT`]: ["c:4317", "environment"],
    [`${OTLP}TRACES_PROTOCOL`]: ["grpc", "derived"],
    [`${OTLP}LOGS_PROTOCOL`]: ["http/protobuf", "default"],
    [`${OTLP}PROTOCOL`]: ["http/protobuf", "default"],
    [`${OTLP}LOGS_TIMEOUT`]: [500, "derived"],
  }],
  [{ [`${OTLP}PROTOCOL`]: "grpc" }, {
    [`${OTLP}ENDPOINT`]: ["http://localhost:4317", "derived"],
    [`${OTLP}LOGS_ENDPOINT`]: ["http://localhost:4317", "derived"],
    [`${OTLP}LOGS_PROTOCOL`]: ["grpc", "derived"],
  }],
  [{ OTEL_ATTRIBUTE_COUNT_LIMIT: "7", OTEL_BSP_MAX_QUEUE_SIZE: "10" }, {
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: [7, "derived"],
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: [7, "derived"],
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: [10, "derived"],
    OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: [512, "default"],
  }],
  [{ OTEL_METRIC_EXPORT_INTERVAL: "500" }, { OTEL_METRIC_EXPORT_TIMEOUT: [500, "derived"] }],
];

for (const [env, wanted] of ROWS) {
  Deno.test(`effectiveSettings() of ${JSON.stringify(env)}`, () => {
    const { settings, origins } = effectiveSettings(readSettings(env));
    for (const [name, row] of Object.entries(wanted)) {
      assertEquals(isVariable(name), true, name);
      const variable = name as Variable;
      assertEquals([settings[variable], origins[variable]], row, name);
    }
  });
}
