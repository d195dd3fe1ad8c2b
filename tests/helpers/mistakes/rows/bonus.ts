// cspell:ignore yaeger

import type { Mistake, Row } from "../mistake.ts";
import { appRows, exportingRows, launchedRows, quizRows, rowsOf } from "./common.ts";

const ROTTEN = "rotten/otel-collector-config.yaml";
const PIPELINES = "pipelines/otel-collector-config.yaml";
const SHOP_RETURN = ["return c.text(`In the shop", "c.text(`In the shop"] as const;

/** A pipeline whose evidence is what passes through it. */
function pipeline(...edit: [from: string, to: string] | []): Mistake {
  return {
    runs: "base.ts",
    auto: ["--service-name=WorkshopPipelines"],
    lab: { from: PIPELINES, file: PIPELINES, ...edit.length === 2 && { edit } },
    paths: ["/health", "/?customer=ada@example.com"],
  };
}

/** Mistakes in files of a Collector. */
const COLLECTOR_FILES: Row[] = [
  ...quizRows("repair-the-collector"),
  ...rowsOf("repair-the-collector", [
    ["nothing repaired", {}, /exporters "logging" no longer exists/],
    ["wrong file", { misses: ROTTEN }, /isn't in your folder/],
    ["syntax error", { file: ROTTEN, edit: ["  batch:", "\tbatch:"] }, /it isn't valid YAML/],
    [
      "wrong port",
      { file: ROTTEN, edit: ["jaeger:4317", "jaeger:14250"] },
      /sends to port 14250/,
    ],
    [
      "wrong protocol",
      { file: ROTTEN, edit: [/otlp_grpc\/jaeger/g, "otlp_http/jaeger"] },
      /can't send to jaeger:4317: port 4317 accepts OTLP over gRPC/,
    ],
    [
      "wrong name",
      { file: ROTTEN, edit: [" otlp_grpc/jaeger]", " otlp_grpc/tiger]"] },
      /contains "otlp_grpc\/tiger", which is not defined/,
    ],
    [
      "exporter none",
      { file: ROTTEN, edit: [", otlp_grpc/jaeger]", "]"] },
      /the traces pipeline doesn't contain "otlp_grpc\/jaeger"/,
    ],
    [
      "still on localhost",
      { file: ROTTEN, edit: ["0.0.0.0:4317", "localhost:4317"] },
      /nothing outside its container can reach it/,
    ],
  ]),
  ...quizRows("clean-and-count"),
  ...launchedRows("clean-and-count", { service: "WorkshopPipelines" }),
  ...rowsOf("clean-and-count", [
    ["nothing added", {}, /contains a component of the type "filter"/],
    ["wrong file", { misses: PIPELINES }, /isn't in your folder/],
    [
      "processor that is not defined",
      { file: PIPELINES, edit: ["[filter, redaction]", "[filters, redaction]"] },
      /contains "filters", which is not defined/,
    ],
    [
      "defined, but in no pipeline",
      { file: PIPELINES, edit: ["[filter, redaction]", "[redaction]"] },
      /no pipeline contains a component of the type "filter"/,
    ],
    [
      "in a pipeline, but not defined",
      { file: PIPELINES, edit: [/ {2}span_metrics:\n.*\n.*\n/, ""] },
      /contains "span_metrics", which is not defined/,
    ],
    ["syntax error", { file: PIPELINES, edit: ["  filter:", "\tfilter:"] }, /it isn't valid YAML/],
    [
      "another path",
      pipeline('"/health"', '"/healthy"'),
      /Does the condition compare `url.path`/,
    ],
    ["no health check", { ...pipeline(), paths: [] }, /did you send a health check/],
    [
      "an expression that doesn't match",
      pipeline("[^=&@]+@[^=&@]+", "[0-9]+@[0-9]+"),
      /its url.query is "customer=ada@example.com".*none with a masked address/,
    ],
  ]),
];

/** Mistakes in files that export their own spans. */
const EXPORTING: Row[] = [
  ...exportingRows("find-the-fault", {
    name: "orders.ts",
    other: "shop.ts",
    rename: ['"WorkshopPrices"', '"other"'],
    noReturn: ["return c.text(await answer(c));", "c.text(await answer(c));"],
    noEnd: [/.*\bspan\.end\(\);\n/, ""],
    returnSaid: /responds with 503: Error: 404 Not Found.* another route .* returns nothing/,
  }),
  ...exportingRows("baggage", {
    name: "baggage.ts",
    other: "shop.ts",
    rename: ['"WorkshopStock"', '"other"'],
    noReturn: [...SHOP_RETURN],
    noEnd: [/span\.end\(\);\n *return c\.text\("3 books/, 'return c.text("3 books'],
    endSaid: /none from "WorkshopStock", and baggage.ts starts 2 spans, but ends only 1/,
  }),
  ...rowsOf("baggage", [
    [
      "baggage not read",
      { runs: "baggage.ts", edit: [/.*setAttribute.*\n/, ""] },
      /has no app.customer.tier with the value gold/,
    ],
    [
      "baggage not set",
      {
        runs: "baggage.ts",
        edit: ["propagation.setBaggage(context.active(), baggage)", "context.active()"],
      },
      /has no app.customer.tier with the value gold/,
    ],
  ]),
  ...exportingRows("span-links", {
    name: "batch.ts",
    other: "shop.ts",
    rename: ["WorkshopBatch", "other"],
    noReturn: ["return c.text(`Orders that", "c.text(`Orders that"],
    noEnd: [/.*\bspan\.end\(\);\n/g, ""],
  }),
  ...rowsOf("span-links", [
    ["no job ran", { runs: "batch.ts" }, /Orders arrived, but no job ran/],
  ]),
];

const described = (...more: string[]): Mistake => ({
  runs: "base.ts",
  auto: ["--service-name=WorkshopDescribed", ...more],
});

/** Mistakes with the launcher. */
const LAUNCHED: Row[] = [
  ...launchedRows("describe-the-sender", { service: "WorkshopDescribed" }),
  ...rowsOf("describe-the-sender", [
    ["no attributes", described(), /The resource lacks one of both/],
    [
      "a wrong name of an attribute",
      described(
        "--resource-attributes",
        "service.version=1.2.0,deployment.environment=workshop",
      ),
      /its resource has no deployment.environment.name/,
    ],
  ]),
  ...launchedRows("red", { service: "WorkshopRed", signal: "metrics" }),
  ...quizRows("red"),
  ...rowsOf("red", [
    ["rules not filled in", {}, /has no expr/],
    ["no requests", { file: "red.rules.yaml" }, /has no result now/],
    ["wrong file", { misses: "red.rules.yaml" }, /red.rules.yaml isn't in your folder/],
    [
      "syntax error",
      { file: "red.rules.yaml", edit: ["groups:", "groups: ["] },
      /isn't valid YAML/,
    ],
  ]),
  ...launchedRows("cost", { service: "WorkshopThrifty" }),
  ...rowsOf("cost", [
    [
      "values not cut",
      { runs: "base.ts", auto: ["--service-name", "WorkshopThrifty"] },
      /No span has the user agent cut/,
    ],
  ]),
];

/** Mistakes with a configuration file. */
function configuredRows(): Row[] {
  const step = "declarative-configuration";
  const edited = (...edit: NonNullable<Mistake["edit"]>): Mistake => ({
    auto: ["--config-file=otel.yaml"],
    file: "otel.yaml",
    edit,
  });
  return [
    ...quizRows(step),
    ...appRows(step),
    ...rowsOf(step, [
      ["base app on the port", { runs: "base.ts" }, /base.ts runs without .* auto,/],
      [
        "wrong file",
        { auto: ["--service-name=WorkshopConfigured"] },
        /without --config-file otel.yaml/,
      ],
      [
        "wrong port",
        edited(/endpoint: .*/, "endpoint: http://127.0.0.1:1/v1/traces"),
        /otel.yaml sends spans to http:\/\/127\.0\.0\.1:1\/v1\/traces/,
      ],
      [
        "path left out",
        edited("}/v1/traces", "}"),
        /otel.yaml sends spans to .*\/v1\/traces/,
      ],
      [
        "wrong protocol",
        edited("otlp_http:", "otlp_grpc:"),
        /otel.yaml sends spans .* `otlp_grpc`/,
      ],
      [
        "wrong name",
        edited("WorkshopConfigured", "other"),
        /from "?other.* service.name in otel.yaml/,
      ],
      [
        "exporter none",
        edited(/otlp_http:\n.*\n/, "console:\n"),
        /otel.yaml has no exporter for spans over OTLP/,
      ],
      ["no environment", edited("value: workshop", "value: home"), /deployment.environment.name/],
      [
        "syntax error",
        { ...edited("processors:", "processors: ["), endsAtOnce: true },
        /otel.yaml has a mistake: /,
      ],
      [
        "misspelled setting",
        { ...edited("processors:", "processor:"), endsAtOnce: true },
        /otel.yaml has a mistake: .*processor/,
      ],
    ]),
  ];
}

/** Mistakes in the bonus steps. */
export const BONUS_ROWS: Row[] = [
  ...COLLECTOR_FILES,
  ...EXPORTING,
  ...LAUNCHED,
  ...configuredRows(),
];
