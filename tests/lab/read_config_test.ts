// cspell:ignore timeuot

import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { LabConfigError, readLabConfig } from "../../lib/lab/read_config.ts";
import { withFolder } from "../helpers/folder.ts";
import { areGranted, testIf, testWith } from "../helpers/needs.ts";
import { needsServers, SERVERS } from "../helpers/servers.ts";

const TEMPLATE = new URL("../../lib/workshop/template/lab/collector.yaml", import.meta.url);
const TEXT = areGranted(["read"]) ? await Deno.readTextFile(TEMPLATE) : "";

/** A file with every setting that the lab has. */
const FULL = `
receivers:
  otlp:
    protocols:
      http:
      grpc:
        endpoint: "[::1]:24317"
processors:
  memory_limiter: { check_interval: 1s, limit_mib: 100 }
  attributes/all:
    actions:
      - { key: room, value: 7, action: insert }
      - { key: share, value: 0.5, action: update }
      - { key: copy, from_attribute: room, action: upsert }
      - { key: secret, action: delete }
  resource:
    attributes: [{ key: on, value: true, action: UPSERT }]
  filter: { error_mode: silent, trace_conditions: ['span.name == "a"'] }
  redaction: { allow_all_keys: true, blocked_values: ["a+"] }
  batch:
connectors:
  span_metrics: { metrics_flush_interval: 2s, dimensions: [{ name: http.route }] }
exporters:
  debug: { verbosity: detailed }
  otlphttp/old: &sender
    endpoint: \${env:BACKEND:-http://localhost:4318}
    compression: none
    timeout: 1m30s
    retry_on_failure:
      { enabled: true, initial_interval: 500ms, max_interval: 2s, max_elapsed_time: 0s }
    sending_queue: { queue_size: 5 }
  otlp_http/new: *sender
  otlp_http/unused: { endpoint: http://localhost:1, retry_on_failure: { enabled: false } }
service:
  telemetry:
    metrics:
      readers:
        - periodic:
            interval: 1000
            exporter: { otlp: { protocol: http/protobuf, endpoint: http://localhost:4318 } }
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, attributes/all, resource, filter, redaction, batch]
      exporters: [debug, otlphttp/old, span_metrics]
    metrics/2: { receivers: [otlp, span_metrics], exporters: [otlp_http/new] }
    logs: { receivers: [otlp], exporters: [debug] }
`;

/** A change to {@linkcode FULL}, and the refusal. */
const REFUSED: [what: string, from: string, to: string, said: RegExp][] = [
  ["no YAML", "exporters: [debug]", "exporters: [debug", /^line \d+: it isn't valid YAML/],
  ["an extension", "service:", "extensions:\n  pprof:\nservice:", /^line 34: .* no extensions$/],
  [
    "another processor",
    "  batch:\n",
    "  tail_sampling:\n    policies: []\n  batch:\n",
    /^line 20: the lab has no tail_sampling under processors, only attributes, resource, filter/,
  ],
  ["another exporter", "debug: {", "zipkin: {", /line 24: the lab has no zipkin under exporters/],
  ["another signal", "logs: {", "profiles: {", /^line 47: the lab has no pipeline profiles, only/],
  [
    "another setting",
    "compression: none",
    "headers: { a: b }",
    /^line 27: the lab has no otlphttp\/old.headers$/m,
  ],
  [
    "a setting with a mistake in its name",
    "timeout:",
    "timeuot:",
    /^line 28: the lab has no otlphttp\/old.timeuot: did you mean timeout\?$/m,
  ],
  [
    "another action",
    "key: secret, action: delete",
    "key: secret, action: hash",
    /^line 15: attributes\/all.actions\[3\].action: expected one of insert, update, upsert, delete$/,
  ],
  [
    "an action without a value",
    "key: room, value: 7, action",
    "key: room, action",
    /^line 10: attributes\/all actions\[0\] needs a value or from_attribute$/,
  ],
  [
    "a filter of the processor",
    "attributes/all:",
    "attributes/all:\n    include: {}",
    /^line 11: the lab has no attributes\/all.include$/,
  ],
  [
    "all addresses",
    "[::1]:24317",
    "0.0.0.0:4317",
    /^line 3: otlp listens on this machine only: write endpoint: 127.0.0.1:PORT under grpc$/,
  ],
  [
    "a condition with more than one comparison",
    'span.name == "a"',
    'span.name == "a" and true',
    /^line 18: the lab reads conditions such as span.attributes.*, not span.name == "a" and true$/,
  ],
  [
    "a redaction of keys",
    "allow_all_keys: true, ",
    "",
    /^line 19: the lab needs allow_all_keys: true for redaction$/,
  ],
  [
    "a value that is no expression",
    '["a+"]',
    '["(a"]',
    /^line 19: redaction has a value that isn't a regular expression: \(a$/,
  ],
  [
    "a connector with one end",
    "[otlp, span_metrics]",
    "[otlp]",
    /connector "span_metrics" is only among the exporters of pipelines/,
  ],
  ["no URL", ":-http://localhost", ":-localhost", /^line 25: otlphttp\/old needs an http or https/],
  ["a memory limiter without a limit", ", limit_mib: 100", "", /^line 9: memory_limiter/],
  [
    "an unknown component",
    "[debug, otlphttp/old, span_metrics]",
    "[bug]",
    /^line 42: .* "bug", which is not/,
  ],
  ["a pipeline without exporters", "exporters: [debug] }", "}", /^line 47: .* has no exporters$/],
  [
    "two receivers",
    "processors:\n",
    "  otlp/2: { protocols: { http: } }\nprocessors:\n",
    /several/,
  ],
];

Deno.test("readLabConfig reads what the lab has", () => {
  const config = readLabConfig(FULL, { BACKEND: "http://backend:4318" });
  assertEquals(config.http, { hostname: "localhost", port: 4318 });
  assertEquals(config.grpc, { hostname: "::1", port: 24317 });
  assertEquals(config.idle, ["memory_limiter", "batch"]);
  assertEquals([...config.debug], [["debug", "detailed"]]);
  assertEquals(config.metrics, { endpoint: "http://localhost:4318", intervalMillis: 1000 });
  const sender = {
    endpoint: "http://backend:4318",
    compression: "none" as const,
    timeoutMillis: 90_000,
    queueSize: 5,
    backoff: { firstMillis: 500, maxMillis: 2000 },
    maxElapsedMillis: Infinity,
  };
  assertEquals([...config.senders], [["otlphttp/old", sender], ["otlp_http/new", sender]]);
  assertEquals(config.pipelines.map(({ signal, exporters }) => [signal, ...exporters]), [
    ["traces", "debug", "otlphttp/old", "span_metrics"],
    ["metrics", "otlp_http/new"],
    ["logs", "debug"],
  ]);
  assertEquals(config.pipelines[0]!.processors, [
    {
      kind: "edit",
      of: "items",
      actions: [
        { kind: "insert", key: "room", value: { intValue: "7" } },
        { kind: "update", key: "share", value: { doubleValue: 0.5 } },
        { kind: "upsert", key: "copy", from: "room" },
        { kind: "delete", key: "secret" },
      ],
    },
    {
      kind: "edit",
      of: "resources",
      actions: [{ kind: "upsert", key: "on", value: { boolValue: true } }],
    },
    {
      kind: "filter",
      id: "filter",
      conditions: [{ of: "name", key: "", isEqual: true, text: "a" }],
    },
    { kind: "redaction", blocked: [/a+/g] },
  ]);
  assertEquals(config.pipelines.map(({ receivers }) => receivers.join()), [
    "otlp",
    "otlp,span_metrics",
    "otlp",
  ]);
  assertEquals([...config.connectors], [
    ["span_metrics", { intervalMillis: 2000, dimensions: ["http.route"] }],
  ]);
});

Deno.test("readLabConfig has the Collector's defaults", () => {
  const minimal = FULL.replace(
    "exporters: [debug, otlphttp/old, span_metrics]",
    "exporters: [otlp_http/unused, span_metrics]",
  );
  assertEquals(readLabConfig(minimal, {}).senders.get("otlp_http/unused"), {
    endpoint: "http://localhost:1",
    compression: "gzip",
    timeoutMillis: 30_000,
    queueSize: 1000,
    backoff: { firstMillis: 5000, maxMillis: 30_000 },
    // It gives up after the first attempt.
    maxElapsedMillis: 0,
  });
});

for (const [what, from, to, said] of REFUSED) {
  Deno.test(`readLabConfig refuses by name and line: ${what}`, () => {
    assertEquals(FULL.split(from).length > 1, true, from);
    const { message } = assertThrows(
      () => readLabConfig(FULL.replace(from, () => to), {}),
      LabConfigError,
    );
    assertMatch(message, said);
  });
}

testWith(["read"], "readLabConfig reads the learner's file, whose ports can be moved", () => {
  const config = readLabConfig(TEXT, {
    LAB_PORT: "1",
    BACKEND_PORT: "2",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:3",
  });
  assertEquals(config.http?.port, 1);
  assertEquals(config.metrics?.endpoint, "http://localhost:3");
  assertEquals([...config.senders.keys()], ["otlp_http/guide"]);
  const both = TEXT.replace("[debug, otlp_http/guide]", "[otlp_http/guide, otlp_http/backend]");
  const { senders } = readLabConfig(both, { BACKEND_PORT: "2" });
  assertEquals(senders.get("otlp_http/backend")?.endpoint, "http://127.0.0.1:2");
});

testIf(
  needsServers("collector"),
  ["read", "write", "run", "env"],
  "the real Collector accepts the files that the lab accepts",
  () =>
    withFolder(async (folder) => {
      const file = `${folder}/collector.yaml`;
      const files = [
        ...["5a", "5b", "5c"].map((step) => `steps/solution/lab/collector-${step}.yaml`),
        "steps/solution/pipelines/otel-collector-config.yaml",
        "template/pipelines/otel-collector-config.yaml",
      ];
      const texts = await Promise.all(
        files.map((path) =>
          Deno.readTextFile(new URL(`../../lib/workshop/${path}`, import.meta.url))
        ),
      );
      for (const text of [FULL, TEXT, ...texts]) {
        readLabConfig(text, {});
        await Deno.writeTextFile(file, text);
        const { code, stderr } = await new Deno.Command(SERVERS.collector, {
          args: ["validate", "--config", file],
        }).output();
        assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
      }
    }),
);
