import { closedUrl } from "../../ports.ts";
import type { Mistake, Row } from "../mistake.ts";
import { launchedRows, quizRows, rowsOf } from "./common.ts";

const SERVICE = "WorkshopLab";
const LAUNCHED: Mistake = { runs: "base.ts", auto: [`--service-name=${SERVICE}`] };
const LOST: Mistake = {
  ...LAUNCHED,
  auto: [`--service-name=${SERVICE}`, `--endpoint=${closedUrl()}`],
};

function edited(from: string, ...edit: [from: string, to: string]): Mistake {
  return { ...LAUNCHED, lab: { from, edit } };
}

/** Mistakes before there is an app, and in the steps with a Collector. */
export const COLLECTOR_ROWS: Row[] = [
  ...["prerequisites", "start-clean"].flatMap((step) =>
    rowsOf(step, [
      ["port taken", { isTaken: true }, /port \d+ is in use by/],
      [
        "base app on the port",
        { runs: "base.ts" },
        /port \d+ is in use by deno .*(Stop it|Press Ctrl-C)/,
      ],
    ])
  ),
  ...quizRows("what-is-a-trace"),
  ...rowsOf("get-collector", [
    ["command not run", {}, /The compose file doesn't exist yet/],
    [
      "command run elsewhere",
      { file: "base.ts" },
      /otel-kit" collector-demo|otel-kit collector-demo|main.ts collector-demo/,
    ],
    [
      "a file is missing",
      { misses: "collector-demo/prometheus.yaml" },
      /prometheus.yaml is missing/,
    ],
  ]),
  ...quizRows("read-config"),
  ...quizRows("start-clean"),
  ...rowsOf("run-collector", [
    ["Collector not started", { hasNoServers: true }, /health endpoint doesn't respond/],
    ["wrong port", { hasNoServers: true }, /Nothing is listening for OTLP over gRPC/],
  ]),
  ...rowsOf("open-tools", [
    ["Jaeger not started", { hasNoServers: true }, /Jaeger doesn't respond/],
    ["Zipkin not started", { hasNoServers: true }, /Zipkin doesn't respond/],
    ["Prometheus not started", { hasNoServers: true }, /Prometheus doesn't respond/],
  ]),
  ...["change-a-label", "add-a-processor", "watch-the-queue"].flatMap((step) => [
    ...launchedRows(step, { service: SERVICE, isNamed: step !== "watch-the-queue" }),
    ...rowsOf(step, [
      ["not through the lab", LAUNCHED, /does the app send to port 25318|sends to port \d+, but/],
      [
        "lab not started",
        LOST,
        /where the lab should be|the receiver is at http:\/\/127\.0\.0\.1:24318/,
      ],
    ]),
  ]),
  ...rowsOf("change-a-label", [
    [
      "old label",
      edited("lab/collector-5a.yaml", "value2", "value1"),
      /its label1 is "value1".*start the lab again/,
    ],
    [
      "label not in the pipeline",
      edited("lab/collector-5a.yaml", "[attributes/label]", "[]"),
      /it has no attribute label1/,
    ],
  ]),
  ...rowsOf("add-a-processor", [
    [
      "not in the pipeline",
      edited("lab/collector-5b.yaml", "attributes/label, attributes/hide]", "attributes/label]"),
      /Does the traces pipeline contain the processor/,
    ],
    [
      "wrong action",
      edited("lab/collector-5b.yaml", "action: update", "action: insert"),
      /its user_agent.original is .* the user agent isn't hidden/,
    ],
  ]),
  ...rowsOf("watch-the-queue", [
    [
      "backend not in the pipeline",
      edited("lab/collector-5c.yaml", ", otlp_http/backend]", "]"),
      /has no queue for otlp_http\/backend. Add it/,
    ],
    [
      "backend still down",
      {
        ...LAUNCHED,
        auto: [`--service-name=${SERVICE}`, "--bsp-max-export-batch-size=1"],
        lab: { from: "lab/collector-5c.yaml" },
      },
      /Requests still wait. Start the backend again/,
    ],
  ]),
];
