// cspell:ignore batcch verbosty insecre protocolls yaeger promotheus

import { assert, assertEquals, assertMatch } from "@std/assert";
import { findConfigMistakes } from "../../../lib/workshop/collector_config/mistakes.ts";
import { withFolder } from "../../helpers/folder.ts";
import { areGranted, testIf, testWith } from "../../helpers/needs.ts";
import { demoFile, needsServers, SERVERS } from "../../helpers/servers.ts";

const DESTINATIONS = ["jaeger:4317", "zipkin:9411"];

const SOLVED = areGranted(["read"]) ? await Deno.readTextFile(exercise("steps/solution")) : "";

/** What a learner might change in the solution, and how the guide names the mistake. */
type Broken = [what: string, from: string, to: string, said: RegExp];

/** Files that the Collector refuses, too. */
const REFUSED: Broken[] = [
  ["no YAML", "[otlp]", "[otlp", /^it isn't valid YAML/],
  ["a tab", "  batch:", "\tbatch:", /^it isn't valid YAML/],
  [
    "a section twice",
    "processors:",
    "exporters:\n  nop:\nprocessors:",
    /^it isn't valid YAML: .*unique/,
  ],
  [
    "no pipelines",
    "  pipelines:",
    "  lines:",
    /service has no lines: expected extensions, pipelines/,
  ],
  ["a pipeline for spans", "    traces:", "    spans:", /pipelines has no spans: expected traces/],
  ["an unknown section", "service:", "extra:\nservice:", /the configuration has no extra/],
  [
    "no exporters",
    "exporters: [debug, prometheus]",
    "exporters: []",
    /pipeline "metrics" has no exporters/,
  ],
  ["a list without brackets", "[otlp]", "otlp", /pipeline "traces": receivers must be a list/],
  [
    "an exporter that is not defined",
    "[debug, prometheus]",
    "[debug, promotheus]",
    /pipeline "metrics" contains "promotheus", which is not defined under exporters/,
  ],
  [
    "a processor that is not defined",
    "[memory_limiter, batch]",
    "[memory_limiter, attributes]",
    /contains "attributes", which is not defined under processors/,
  ],
  [
    "an extension that is not defined",
    "service:",
    "service:\n  extensions: [zpages]",
    /service contains "zpages", which is not defined under extensions/,
  ],
  [
    "a misspelled processor",
    "  batch:",
    "  batcch:",
    /processors "batcch" doesn't exist: did you mean batch\?/,
  ],
  [
    "an exporter of the wrong signal",
    "[debug, zipkin,",
    "[prometheus, zipkin,",
    /"prometheus", which doesn't handle traces/,
  ],
  [
    "the exporter logging",
    "  debug:\n    verbosity: detailed",
    "  logging:",
    /"logging" no longer exists/,
  ],
  [
    "the exporter jaeger",
    "  otlp_grpc/jaeger:",
    "  jaeger:",
    /exporters "jaeger" no longer exists: use otlp_grpc/,
  ],
  ["a log level", "verbosity: detailed", "loglevel: info", /has no setting loglevel$/],
  [
    "a misspelled setting",
    "verbosity",
    "verbosty",
    /has no setting verbosty: did you mean verbosity\?/,
  ],
  [
    "an unknown verbosity",
    "detailed",
    "loud",
    /verbosity: expected one of basic, normal, detailed/,
  ],
  [
    "an empty memory_limiter",
    "    check_interval: 1s\n    limit_mib: 256\n",
    "",
    /processors "memory_limiter" needs a check_interval, such as 1s; .*needs a limit_mib/,
  ],
  [
    "a memory_limiter without a limit",
    "    limit_mib: 256\n",
    "",
    /"memory_limiter" needs a limit_mib/,
  ],
  ["a limit in quotes", "limit_mib: 256", 'limit_mib: "256"', /limit_mib: expected a number/],
  [
    "a negative limit",
    "limit_mib: 256",
    "limit_mib: -5",
    /limit_mib: expected a number of at least 0/,
  ],
  [
    "a spike above the limit",
    "limit_mib: 256",
    "limit_mib: 256\n    spike_limit_mib: 300",
    /spike_limit_mib isn't less/,
  ],
  ["a percentage above 100", "limit_mib: 256", "limit_percentage: 120", /more than 100/],
  [
    "an interval in words",
    "check_interval: 1s",
    "check_interval: soon",
    /check_interval: expected a time such as 1s/,
  ],
  [
    "insecure in quotes",
    "insecure: true",
    'insecure: "true"',
    /tls.insecure: expected true or false/,
  ],
  [
    "a misspelled tls setting",
    "insecure: true",
    "insecre: true",
    /tls.insecre: did you mean insecure/,
  ],
  ["an endpoint that is a number", "jaeger:4317", "4317", /endpoint: expected text/],
  ["an endpoint without a port", "jaeger:4317", "jaeger", /endpoint jaeger has no port/],
  [
    "otlp_grpc without an endpoint",
    "    endpoint: jaeger:4317\n",
    "",
    /needs an endpoint, such as jaeger:4317/,
  ],
  [
    "zipkin without an endpoint",
    "    endpoint: http://zipkin:9411/api/v2/spans\n",
    "    format: json\n",
    /"zipkin" needs an endpoint/,
  ],
  [
    "prometheus without an endpoint",
    "  prometheus:\n    endpoint: 0.0.0.0:8889",
    "  prometheus:",
    /"prometheus" needs an endpoint/,
  ],
  [
    "an unknown format",
    "api/v2/spans",
    "api/v2/spans\n    format: xml",
    /format: expected one of json, proto/,
  ],
  [
    "an unknown compression",
    "jaeger:4317",
    "jaeger:4317\n    compression: zap",
    /compression: expected one of/,
  ],
  [
    "labels in a list",
    "0.0.0.0:8889",
    "0.0.0.0:8889\n    const_labels: [a]",
    /const_labels: expected a map/,
  ],
  [
    "a small maximum of a batch",
    "  batch:",
    "  batch:\n    send_batch_size: 9\n    send_batch_max_size: 5",
    /send_batch_max_size is less/,
  ],
  [
    "misspelled protocols",
    "protocols:",
    "protocolls:",
    /has no setting protocolls: did you mean protocols/,
  ],
];

/** Files that the Collector accepts, although they don't do what they should. */
const USELESS: Broken[] = [
  [
    "a receiver on localhost",
    "0.0.0.0:4317",
    "localhost:4317",
    /listens on localhost:4317 for grpc/,
  ],
  [
    "a pipeline without Jaeger",
    ", otlp_grpc/jaeger]",
    "]",
    /the traces pipeline doesn't contain "otlp_grpc\/jaeger"/,
  ],
  ["a pipeline without Zipkin", "[debug, zipkin,", "[debug,", /doesn't contain "zipkin"/],
  [
    "Jaeger's old port",
    "jaeger:4317",
    "jaeger:14250",
    /sends to port 14250, the port of a protocol/,
  ],
  [
    "another port of Jaeger's",
    "jaeger:4317",
    "jaeger:16686",
    /sends to port 16686: expected jaeger:4317/,
  ],
  [
    "another host",
    "endpoint: jaeger:4317",
    "endpoint: yaeger:4317",
    /no exporter sends to jaeger:4317/,
  ],
  ["TLS", "    tls:\n      insecure: true\n", "", /sends over TLS, which jaeger:4317 doesn't use/],
  [
    "batch first",
    "[memory_limiter, batch]",
    "[batch, memory_limiter]",
    /the memory limiter must come first/,
  ],
];

for (const [what, from, to, said] of [...REFUSED, ...USELESS]) {
  testWith(["read", "env"], `findConfigMistakes() names ${what}`, () => {
    assert(SOLVED.includes(from), from);
    assertMatch(
      findConfigMistakes(SOLVED.replace(from, to), { destinations: DESTINATIONS }).join("; "),
      said,
    );
  });
}

testWith(
  ["read"],
  "findConfigMistakes() finds no mistakes in the project's configurations",
  async () => {
    for (const name of ["otel-collector-config.yaml", "otel-collector-config.red.yaml"]) {
      const text = await Deno.readTextFile(demoFile(name));
      assertEquals(findConfigMistakes(text, { destinations: DESTINATIONS }), []);
    }
  },
);

testWith(["read"], "findConfigMistakes() finds all mistakes in the exercise", async () => {
  const rotten = await Deno.readTextFile(exercise("template"));
  assertEquals(
    findConfigMistakes(rotten, { destinations: DESTINATIONS }).map((text) => text.split(":")[0]),
    [
      'exporters "logging" no longer exists',
      'exporters "jaeger" no longer exists',
      'pipeline "metrics" contains "memory_limiter", which is not defined under processors',
      'pipeline "metrics" has "batch" before "memory_limiter"',
      'receiver "otlp" listens on localhost',
      'receiver "otlp" listens on localhost',
      "no exporter sends to jaeger",
    ],
  );
  assertEquals(findConfigMistakes(SOLVED, { destinations: DESTINATIONS }), []);
});

const OVER_HTTP = SOLVED.replaceAll("otlp_grpc/jaeger", "otlp_http/jaeger")
  .replace("endpoint: jaeger:4317", "endpoint: http://jaeger:4317");

testWith(["read"], "findConfigMistakes() names an exporter of the wrong protocol", () => {
  const wrong = (port: number) =>
    findConfigMistakes(OVER_HTTP.replace("jaeger:4317", `jaeger:${port}`), {
      destinations: [`jaeger:${port}`],
    });
  assertEquals(wrong(4317), [
    'exporters "otlp_http/jaeger" can\'t send to jaeger:4317: port 4317 accepts OTLP over gRPC',
  ]);
  assertEquals(wrong(4318), []);
});

testWith(["read"], "findConfigMistakes() names what no pipeline uses", () => {
  const uses = ["memory_limiter", "zipkin", "filter"];
  assertEquals(findConfigMistakes(SOLVED, { uses }), [
    'no pipeline contains a component of the type "filter"',
  ]);
});

Deno.test("findConfigMistakes() leaves components that it doesn't know to the Collector", () => {
  const other = SOLVED.replace("  debug:", "  kafka:\n    brokers: [a]\n  debug:");
  assertEquals(findConfigMistakes(other, { destinations: DESTINATIONS }), []);
});

testIf(
  needsServers("collector"),
  ["read", "write", "run"],
  "the Collector refuses what findConfigMistakes() finds, and accepts the rest",
  () =>
    withFolder(async (folder) => {
      const file = `${folder}/c.yaml`;
      assert(await isTaken(file, SOLVED));
      for (const [what, from, to] of REFUSED) {
        assert(!await isTaken(file, SOLVED.replace(from, to)), what);
      }
      for (const [what, from, to] of USELESS) {
        assert(await isTaken(file, SOLVED.replace(from, to)), what);
      }
      assert(await isTaken(file, OVER_HTTP));
    }),
);

function exercise(folder: string): URL {
  const path = `../../../lib/workshop/${folder}/rotten/otel-collector-config.yaml`;
  return new URL(path, import.meta.url);
}

/** Whether the real Collector's own validation accepts it. */
async function isTaken(file: string, text: string): Promise<boolean> {
  await Deno.writeTextFile(file, text);
  const { success } = await new Deno.Command(SERVERS.collector, {
    args: ["validate", "--config", file],
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}
