import { assert, assertEquals, assertThrows } from "@std/assert";
import { readSettings, SettingError } from "../../lib/telemetry/read_settings.ts";
import {
  flagName,
  formatSetting,
  SETTINGS,
  type Settings,
  type Variable,
  VARIABLES,
} from "../../lib/telemetry/settings.ts";

/**
 * The specification's table for traces: variable, default, valid texts with their values, invalid texts.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
const SPECIFIED: {
  [V in Variable]?: {
    default: Settings[V];
    good: [text: string, value: Settings[V]][];
    bad: string[];
  };
} = {
  OTEL_SDK_DISABLED: {
    default: false,
    good: [["true", true], ["TRUE", true], ["false", false]],
    bad: ["1", "yes", "on"],
  },
  OTEL_SERVICE_NAME: { default: undefined, good: [["my shop", "my shop"]], bad: [] },
  OTEL_RESOURCE_ATTRIBUTES: {
    default: {},
    good: [
      ["a=1,b=2", { a: "1", b: "2" }],
      [" a = x%2Cy%3Dz , b=", { a: "x,y=z", b: "" }],
      ["a=b=c", { a: "b=c" }],
    ],
    bad: ["a,b=c", "=c", "a=%zz"],
  },
  OTEL_LOG_LEVEL: {
    default: "info",
    good: ["none", "error", "warn", "info", "debug", "verbose", "all"].map((level) =>
      [level, level] as [string, Settings["OTEL_LOG_LEVEL"]]
    ),
    bad: ["loud"],
  },
  OTEL_PROPAGATORS: {
    default: ["tracecontext", "baggage"],
    good: [
      ["b3,b3,tracecontext", ["b3", "tracecontext"]],
      ["b3multi", ["b3multi"]],
      ["none", []],
    ],
    bad: ["bogus", "none,b3", ",", "b3,bogus"],
  },
  OTEL_TRACES_SAMPLER: {
    default: "parentbased_always_on",
    good: [
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio",
    ].map((name) => [name, name] as [string, Settings["OTEL_TRACES_SAMPLER"]]),
    bad: ["bogus", "sometimes"],
  },
  OTEL_TRACES_SAMPLER_ARG: {
    default: 1,
    good: [["0", 0], ["0.25", 0.25], [".5", 0.5], ["1", 1], ["1e-3", 0.001]],
    bad: ["9", "-0.1", "half", "0x1", "NaN"],
  },
  OTEL_BSP_SCHEDULE_DELAY: {
    default: 5000,
    good: [["0", 0], ["250", 250]],
    bad: ["-1", "5s", "1.5", "2147483648"],
  },
  OTEL_BSP_EXPORT_TIMEOUT: { default: 30_000, good: [["100", 100]], bad: ["-1", "soon"] },
  OTEL_BSP_MAX_QUEUE_SIZE: { default: 2048, good: [["4096", 4096]], bad: ["0", "-1", "many"] },
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: { default: 512, good: [["1", 1]], bad: ["0", "-5"] },
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: { default: undefined, good: [["64", 64]], bad: ["-1", "x"] },
  OTEL_ATTRIBUTE_COUNT_LIMIT: { default: 128, good: [["0", 0], ["7", 7]], bad: ["-1"] },
  OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: { default: undefined, good: [["9", 9]], bad: ["-1"] },
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: { default: undefined, good: [["9", 9]], bad: ["-1"] },
  OTEL_SPAN_EVENT_COUNT_LIMIT: { default: 128, good: [["9", 9]], bad: ["-1"] },
  OTEL_SPAN_LINK_COUNT_LIMIT: { default: 128, good: [["9", 9]], bad: ["-1"] },
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: { default: 128, good: [["9", 9]], bad: ["-1"] },
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: { default: 128, good: [["9", 9]], bad: ["-1"] },
  OTEL_ENTITIES: {
    default: {},
    good: [
      ["service{service.name=shop}[service.version=1]@https://a/b", {
        "service.name": "shop",
        "service.version": "1",
      }],
      [";host{host.id=1};host{host.id=2};", { "host.id": "2" }],
      ["service{service.name=my%2Capp}", { "service.name": "my,app" }],
    ],
    bad: ["service", "service{}", "{a=b}", "service{a}"],
  },
  OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: {
    default: ["*"],
    good: [["process,host", ["process", "host"]], ["none", []]],
    bad: ["cloud"],
  },
  OTEL_CONFIG_FILE: { default: undefined, good: [["a.yaml", "a.yaml"]], bad: [] },
  OTEL_EXPERIMENTAL_CONFIG_FILE: { default: undefined, good: [["a.yaml", "a.yaml"]], bad: [] },
  OTEL_BLRP_SCHEDULE_DELAY: { default: 1000, good: [["0", 0]], bad: ["-1", "1s"] },
  OTEL_BLRP_EXPORT_TIMEOUT: { default: 30_000, good: [["0", 0]], bad: ["-1"] },
  OTEL_BLRP_MAX_QUEUE_SIZE: { default: 2048, good: [["4096", 4096]], bad: ["0", "-1"] },
  OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: { default: 512, good: [["1", 1]], bad: ["0"] },
  OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: {
    default: undefined,
    good: [["9", 9]],
    bad: ["-1"],
  },
  OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: { default: undefined, good: [["9", 9]], bad: ["-1"] },
  OTEL_METRICS_EXPORTER: {
    default: ["otlp"],
    good: [["otlp,prometheus", ["otlp", "prometheus"]], ["console", ["console"]], ["none", []]],
    bad: ["zipkin", "none,otlp"],
  },
  OTEL_LOGS_EXPORTER: {
    default: ["otlp"],
    good: [["console,otlp", ["console", "otlp"]], ["none", []]],
    bad: ["prometheus"],
  },
  OTEL_METRIC_EXPORT_INTERVAL: { default: 60_000, good: [["5000", 5000]], bad: ["0", "-1", "1m"] },
  OTEL_METRIC_EXPORT_TIMEOUT: { default: 30_000, good: [["0", 0], ["50", 50]], bad: ["-1"] },
  OTEL_METRICS_EXEMPLAR_FILTER: {
    default: "trace_based",
    good: [["always_on", "always_on"], ["ALWAYS_OFF", "always_off"]],
    bad: ["sometimes"],
  },
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: {
    default: "cumulative",
    good: [["Delta", "delta"], ["lowmemory", "lowmemory"]],
    bad: ["low_memory"],
  },
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: {
    default: "explicit_bucket_histogram",
    good: [["base2_exponential_bucket_histogram", "base2_exponential_bucket_histogram"]],
    bad: ["buckets"],
  },
  OTEL_EXPORTER_PROMETHEUS_HOST: { default: "localhost", good: [["::1", "::1"]], bad: [] },
  OTEL_EXPORTER_PROMETHEUS_PORT: { default: 9464, good: [["0", 0]], bad: ["65536", "-1", "http"] },
  OTEL_EXPORTER_ZIPKIN_ENDPOINT: {
    default: "http://localhost:9411/api/v2/spans",
    good: [["https://zipkin/spans", "https://zipkin/spans"]],
    bad: ["zipkin:9411"],
  },
  OTEL_EXPORTER_ZIPKIN_TIMEOUT: { default: 10_000, good: [["0", 0]], bad: ["-1"] },
  OTEL_TRACES_EXPORTER: {
    default: ["otlp"],
    good: [["otlp,console", ["otlp", "console"]], ["Console", ["console"]], ["none", []]],
    bad: ["bogus", "none,otlp", "otlp,jaeger"],
  },
};

const OTLP_SPECIFIED = {
  ENDPOINT: {
    good: [["http://localhost:4318", "http://localhost:4318"], ["https://a/b?c", "https://a/b?c"]],
    bad: ["localhost:4318", "ftp://a", "http://", "a b"],
  },
  PROTOCOL: {
    good: [["grpc", "grpc"], ["http/protobuf", "http/protobuf"], ["HTTP/JSON", "http/json"]],
    bad: ["carrier-pigeon", "http"],
  },
  HEADERS: {
    good: [["a=1,b=x%20y", { a: "1", b: "x y" }]],
    bad: ["a", "a b=1", "a=%zz", "a=line%0Abreak"],
  },
  TIMEOUT: { good: [["0", 0], ["1500", 1500]], bad: ["-1", "10s", "2147483648"] },
  INSECURE: { good: [["true", true], ["False", false]], bad: ["1", "yes"] },
  COMPRESSION: { good: [["gzip", "gzip"], ["none", "none"]], bad: ["zstd"] },
  CERTIFICATE: { good: [["a.pem", "a.pem"]], bad: [] },
  CLIENT_KEY: { good: [["a.key", "a.key"]], bad: [] },
  CLIENT_CERTIFICATE: { good: [["a.pem", "a.pem"]], bad: [] },
};

Deno.test("readSettings() has the specification's defaults, and empty is unset", () => {
  for (const env of [{}, Object.fromEntries(VARIABLES.map((variable) => [variable, ""]))]) {
    const { settings, origins, warnings } = readSettings(env);
    for (const [variable, { default: expected }] of Object.entries(SPECIFIED)) {
      assertEquals(settings[variable as Variable], expected, variable);
    }
    assertEquals(new Set(Object.values(origins)), new Set(["default"]));
    assertEquals(warnings, []);
  }
});

Deno.test("readSettings() accepts every specified value, from variable and from flag", () => {
  for (const { variable, good } of specified()) {
    for (const [text, value] of good) {
      const fromEnv = readSettings({ [variable]: text });
      assertEquals(fromEnv.settings[variable], value, `${variable}="${text}"`);
      assertEquals(fromEnv.origins[variable], "environment");
      const fromFlag = readSettings({ [variable]: "unused" }, { [variable]: text });
      assertEquals(fromFlag.settings[variable], value);
      assertEquals(fromFlag.origins[variable], "flag");
    }
  }
});

Deno.test("readSettings() ignores an invalid variable with one warning, and rejects an invalid flag", () => {
  for (const { variable, good, bad, fallback } of specified()) {
    const isBoolean = typeof good[0]![1] === "boolean";
    for (const text of bad) {
      const { settings, origins, rejections } = readSettings({ [variable]: text });
      assertEquals(settings[variable], isBoolean ? false : fallback, `${variable}="${text}"`);
      assertEquals(origins[variable], "default");
      assertEquals(rejections.length, 1, `${variable}="${text}"`);
      assert(rejections[0]!.startsWith(`Ignoring ${variable}`), rejections[0]);
      const { message } = assertThrows(
        () => readSettings({}, { [variable]: text }),
        SettingError,
        flagName(variable),
      );
      assertEquals(message.includes(`"${text}"`), !variable.endsWith("HEADERS"), message);
    }
  }
});

Deno.test("readSettings() prefers a flag, and an empty flag unsets", () => {
  const { settings } = readSettings({ OTEL_SERVICE_NAME: "env" }, { OTEL_SERVICE_NAME: "flag" });
  assertEquals(settings.OTEL_SERVICE_NAME, "flag");
  const unset = readSettings({ OTEL_SERVICE_NAME: "env" }, { OTEL_SERVICE_NAME: "" });
  assertEquals(unset.settings.OTEL_SERVICE_NAME, undefined);
});

Deno.test("readSettings() never shows a secret", () => {
  const secret = "s3cr3t";
  for (const text of [`authorization=${secret}`, `${secret} broken`]) {
    const reading = readSettings({
      OTEL_EXPORTER_OTLP_HEADERS: text,
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: text,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://me:${secret}@localhost:4318`,
    });
    const printed = VARIABLES.map((name) => formatSetting(name, reading.settings[name]));
    assertEquals(
      [...reading.rejections, ...reading.warnings, ...printed].join().includes(secret),
      false,
    );
  }
  assertThrows(
    () => readSettings({}, { OTEL_EXPORTER_OTLP_HEADERS: secret }),
    SettingError,
    "not shown",
  );
});

Deno.test("readSettings() warns of settings that are only invalid in combination", () => {
  assertEquals(readSettings({ OTEL_TRACES_SAMPLER_ARG: "0.5" }).warnings.length, 1);
  assertEquals(
    readSettings({ OTEL_TRACES_SAMPLER_ARG: "0.5", OTEL_TRACES_SAMPLER: "traceidratio" }).warnings,
    [],
  );
  assertEquals(readSettings({ OTEL_BSP_MAX_QUEUE_SIZE: "100" }).warnings.length, 1);
});

Deno.test("readSettings() reads patterns for headers, and reports invalid ones", () => {
  const name = "OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST";
  assertEquals(readSettings({ [name]: "x-.*, accept" }).settings[name], ["x-.*", "accept"]);
  assertEquals(readSettings({ [name]: "none" }).settings[name], []);
  assertEquals(formatSetting(name, []), "none");
  for (const beyond of ["(?=x)y", "(?<!x)y", "(x)\\1"]) {
    assertEquals(readSettings({ [name]: beyond }).rejections.length, 1, beyond);
  }
  assertEquals(readSettings({ [name]: "x-(" }).rejections, [
    `Ignoring ${name} "x-(": expected regular expressions of RE2, separated by commas, or none`,
  ]);
});

Deno.test("the settings table has a line of help for every variable", () => {
  for (const variable of VARIABLES) {
    assert(/^[A-Z][^\n]+$/.test(SETTINGS[variable].help), variable);
    assert(variable.startsWith("OTEL_"), variable);
  }
  assertEquals(flagName("OTEL_TRACES_SAMPLER_ARG"), "--traces-sampler-arg");
});

Deno.test("every variable of the specification is tested", () => {
  const tested = new Set(specified().map(({ variable }) => variable));
  const others = /^OTEL_(INSTRUMENTATION_HTTP|PYTHON|SEMCONV)_/;
  assertEquals(VARIABLES.filter((name) => !tested.has(name) && !others.test(name)), []);
});

Deno.test("readSettings() uses well-formed entities, and reports the others", () => {
  const { settings, warnings } = readSettings({ OTEL_ENTITIES: "host{host.id=1};broken{x" });
  assertEquals(settings.OTEL_ENTITIES, { "host.id": "1" });
  assertEquals(warnings.length, 1);
  assert(warnings[0]!.includes('"broken{x" is not an entity'), warnings[0]);
});

/** All tested rows; the OTLP rows both in general and for each signal. */
function specified() {
  const rows = Object.entries(SPECIFIED).map(([variable, row]) => ({
    variable: variable as Variable,
    good: row.good as [string, unknown][],
    bad: row.bad,
    fallback: row.default as unknown,
  }));
  for (const [name, row] of Object.entries(OTLP_SPECIFIED)) {
    for (const infix of ["", "TRACES_", "METRICS_", "LOGS_"]) {
      rows.push({
        variable: `OTEL_EXPORTER_OTLP_${infix}${name}` as Variable,
        good: row.good as [string, unknown][],
        bad: row.bad,
        fallback: undefined,
      });
    }
  }
  return rows;
}
