import { assert, assertMatch } from "@std/assert";
import { createCollector } from "../../lib/collector/collector.ts";
import { type Backends, embeddedBackends } from "../../lib/workshop/backends/backends.ts";
import type { Outcome } from "../../lib/workshop/conditions/outcome.ts";
import type { Rung } from "../../lib/workshop/ladder/rung.ts";
import { buildPreload } from "../helpers/builds.ts";
import { type Classroom, copyFileMoved, openClassroom } from "../helpers/classroom.ts";
import { withFolder } from "../helpers/folder.ts";
import { testWith } from "../helpers/needs.ts";
import { closedUrl } from "../helpers/ports.ts";
import { sourcesThatRun, spawn } from "../helpers/program.ts";
import { poll } from "../helpers/poll.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "proc"] as const;
const WORKSHOP = new URL("../../lib/workshop/", import.meta.url);
const PERMISSIONS = ["net", "env", "read", "sys"].map((name) => `--allow-${name}`);
const AUTO = "MyHonoAppInProductionAuto";

/** What a learner did wrong. */
interface Mistake {
  /** The file that runs; nothing runs without one. Solved, unless it is `base.ts`. */
  runs?: string;
  /** Changes to the file before that. */
  edit?: [from: string | RegExp, to: string];
  /** The flags of the launcher, if the file is launched. */
  auto?: string[];
  env?: Record<string, string>;
  /** Runs the learner's Collector, with this change to a solution's file. The app sends to it. */
  lab?: { from: string; file?: string; edit?: [from: string, to: string] };
  /** More requests than those that every app gets. */
  paths?: string[];
  /** Whether another program, which doesn't speak HTTP, has the port. */
  isTaken?: boolean;
  /** Whether the file doesn't run, so that nobody waits for it. */
  endsAtOnce?: boolean;
}

type Row = [step: string, what: string, mistake: Mistake, said: RegExp];

const DEAD = { OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl() };
const GRPC_PORT = { OTEL_EXPORTER_OTLP_ENDPOINT: "GRPC" };
const NAME = /MyHonoAppInProduction(Manual|Contrib)/;
const OWN_NAME = ["--service-name", AUTO];

/** For a step whose app is a file that exports its own telemetry. */
function rowsOf(step: string, file: string): Row[] {
  const other = file === "manual.ts" ? "middleware.ts" : "manual.ts";
  return [
    [step, "app not started", {}, /nothing is listening at http/],
    [step, "port taken", { isTaken: true }, /is the port taken by/],
    [step, "base app on the port", { runs: "base.ts" }, new RegExp(`is base.ts, .* ${file}`)],
    [step, "wrong file", { runs: other }, new RegExp(`is ${other}, .* ${file}`)],
    [step, "wrong port", { runs: file, env: DEAD }, /The app sends to port \d+, but the receiver/],
    [
      step,
      "wrong port in the code",
      {
        runs: file,
        edit: ["TraceExporter()", 'TraceExporter({ url: "http://localhost:1/v1/traces" })'],
      },
      /sends to http:\/\/localhost:1\/v1\/traces/,
    ],
    [step, "wrong protocol", { runs: file, env: GRPC_PORT }, /accepts gRPC, but the app sends/],
    [step, "wrong name", { runs: file, edit: [NAME, "other"] }, /OTEL_SERVICE_NAME has no effect/],
    [
      step,
      "no exporter",
      { runs: file, edit: [/.*OTLPTraceExporter\(\).*\n/, ""] },
      /has no exporter for OTLP/,
    ],
    [
      step,
      "forgotten import",
      { runs: file, edit: [/import \{ AsyncLocal.*\n/, ""], endsAtOnce: true },
      /Cannot find name 'AsyncLocalStorageContextManager'/,
    ],
    [
      step,
      "syntax error",
      { runs: file, edit: ["new Hono();", "new Hono(;"], endsAtOnce: true },
      new RegExp(`${file} has a mistake: .*\\(${file}:\\d+:\\d+\\)`),
    ],
    [
      step,
      "no provider",
      { runs: file, edit: [/trace\.setGlobalTracerProvider.*\n/, ""] },
      /registers no provider/,
    ],
  ];
}

/** For a step whose app is launched. */
function launchedRows(step: string): Row[] {
  const launch = (...flags: string[]): Mistake => ({ runs: "base.ts", auto: flags });
  return [
    [step, "app not started", {}, /nothing is listening at http/],
    [step, "port taken", { isTaken: true }, /is the port taken by/],
    [step, "no launcher", { runs: "base.ts" }, /base.ts runs without .* auto,/],
    [
      step,
      "wrong file",
      { runs: "manual.ts", auto: OWN_NAME },
      /is manual.ts, and this step is about base.ts/,
    ],
    [step, "wrong name", launch("--service-name=other"), /Set its name: OTEL_SERVICE_NAME=MyHono/],
    [step, "exporter none", launch(...OWN_NAME, "--traces-exporter=none"), /sends no spans/],
    [
      step,
      "wrong port",
      launch(...OWN_NAME, `--endpoint=${closedUrl()}`),
      /sends to port \d+, but/,
    ],
    [
      step,
      "wrong protocol",
      launch(...OWN_NAME, "--endpoint=GRPC", "--protocol=http/protobuf"),
      /accepts gRPC, but the app sends over HTTP/,
    ],
    [
      step,
      "syntax error",
      { ...launch(...OWN_NAME), edit: ["new Hono();", "new Hono(;"], endsAtOnce: true },
      /base.ts has a mistake: /,
    ],
  ];
}

/** For a step whose app has a service name of its own. */
function namedRows(step: string, name: string): Row[] {
  const launch = (...more: string[]): Mistake => ({ runs: "base.ts", auto: more });
  const own = `--service-name=${name}`;
  return [
    [step, "app not started", {}, /nothing is listening at http/],
    [step, "port taken", { isTaken: true }, /is the port taken by/],
    [step, "wrong name", launch("--service-name=other"), new RegExp(name)],
    [step, "wrong port", launch(own, `--endpoint=${closedUrl()}`), /sends to port \d+, but/],
  ];
}

/** For metrics by hand. */
function metricsRows(): Row[] {
  const edited = (...edit: NonNullable<Mistake["edit"]>): Mistake => ({ runs: "metrics.ts", edit });
  const mistakes: [what: string, mistake: Mistake, said: RegExp][] = [
    ["app not started", {}, /nothing is listening at http/],
    ["port taken", { isTaken: true }, /is the port taken by/],
    ["base app on the port", { runs: "base.ts" }, /is base.ts, .* metrics.ts/],
    ["wrong file", { runs: "shop.ts" }, /is shop.ts, .* metrics.ts/],
    [
      "wrong port",
      { runs: "metrics.ts", env: DEAD },
      /The app sends to port \d+, but the receiver/,
    ],
    ["wrong protocol", { runs: "metrics.ts", env: GRPC_PORT }, /accepts gRPC, but the app sends/],
    ["wrong name", edited("WorkshopMetrics", "other"), /Prometheus, but not with WorkshopMetrics/],
    ["wrong name of the counter", edited("workshop.orders", "orders"), /name "workshop.orders"/],
    ["nothing counted", edited(/.*orders\.add.*\n/, ""), /call `orders.add\(1, attributes\)`/],
    ["wrong unit", edited('unit: "s"', 'unit: "ms"'), /its unit "s"/],
    [
      "too many series",
      edited("{ item }", "{ item, customer: crypto.randomUUID() }"),
      /Remove `customer` from the attributes/,
    ],
    [
      "forgotten import",
      { ...edited(/import \{ OTLPMetric.*\n/, ""), endsAtOnce: true },
      /Cannot find name 'OTLPMetricExporter'/,
    ],
    [
      "syntax error",
      { ...edited("new Hono();", "new Hono(;"), endsAtOnce: true },
      /metrics.ts has a mistake: /,
    ],
    [
      "missing return",
      edited(/\(c\) => (c\.text\("Order at.*)\);/, "(c) => void $1);"),
      /404, as it does if a route returns nothing/,
    ],
  ];
  return mistakes.map(([what, mistake, said]) => ["count-by-hand", what, mistake, said]);
}

/** For the steps with a Collector of the learner's own. */
function labRows(): Row[] {
  const app = { runs: "base.ts", auto: ["--service-name=WorkshopLab"] };
  const edited = (from: string, ...edit: [from: string, to: string]): Mistake => ({
    ...app,
    lab: { from, edit },
  });
  const dead = { ...app, auto: [...app.auto, `--endpoint=${closedUrl()}`] };
  return [
    ...["change-a-label", "add-a-processor"].flatMap((step): Row[] => [
      [step, "app not started", {}, /nothing is listening at http/],
      [step, "port taken", { isTaken: true }, /is the port taken by/],
      [
        step,
        "wrong name",
        { ...app, auto: ["--service-name=other"] },
        /Set its name: .*WorkshopLab/,
      ],
      [step, "not through the lab", app, /does the app send to port 24318/],
      [
        step,
        "lab not started",
        dead,
        /where the lab should be|the receiver is at http:\/\/127\.0\.0\.1:24318/,
      ],
    ]),
    [
      "change-a-label",
      "old label",
      edited("lab/collector-5a.yaml", "value2", "value1"),
      /its label1 is "value1".*start the lab again/,
    ],
    [
      "change-a-label",
      "label not in the pipeline",
      edited("lab/collector-5a.yaml", "[attributes/label]", "[]"),
      /it has no attribute label1/,
    ],
    [
      "add-a-processor",
      "not in the pipeline",
      edited("lab/collector-5b.yaml", "attributes/label, attributes/hide]", "attributes/label]"),
      /Does the traces pipeline contain the processor/,
    ],
    [
      "add-a-processor",
      "wrong action",
      edited("lab/collector-5b.yaml", "action: update", "action: insert"),
      /its user_agent.original is .* the user agent isn't hidden/,
    ],
    ["watch-the-queue", "lab not started", dead, /No queue has been reported yet. Is the lab/],
    [
      "watch-the-queue",
      "backend not in the pipeline",
      edited("lab/collector-5c.yaml", ", otlp_http/backend]", "]"),
      /has no queue for otlp_http\/backend. Add it/,
    ],
    [
      "watch-the-queue",
      "backend still down",
      {
        ...app,
        lab: { from: "lab/collector-5c.yaml" },
        auto: [...app.auto, "--bsp-max-export-batch-size=1"],
      },
      /Requests still wait. Start the backend again/,
    ],
  ];
}

/** For a pipeline whose evidence is what passes through it. */
function pipelineRows(): Row[] {
  const file = "pipelines/otel-collector-config.yaml";
  const edited = (from: string, to: string, ...paths: string[]): Mistake => ({
    runs: "base.ts",
    auto: ["--service-name=WorkshopPipelines"],
    lab: { from: file, file, edit: [from, to] },
    paths: ["/health", "/?customer=ada@example.com", ...paths],
  });
  const mistakes: [what: string, mistake: Mistake, said: RegExp][] = [
    ["another path", edited('"/health"', '"/healthy"'), /Does the condition compare `url.path`/],
    ["no health check", { ...edited("", ""), paths: [] }, /did you send a health check/],
    [
      "an expression that doesn't match",
      edited("[^=&@]+@[^=&@]+", "[0-9]+@[0-9]+"),
      /its url.query is "customer=ada@example.com".*none with a masked address/,
    ],
    [
      "counted before the app was named",
      { ...edited("", ""), auto: ["--service-name=other"] },
      /Set its name: .*WorkshopPipelines/,
    ],
  ];
  return mistakes.map(([what, mistake, said]) => ["clean-and-count", what, mistake, said]);
}

const ROWS: Row[] = [
  ...labRows(),
  ...pipelineRows(),
  ...["prerequisites", "start-clean"].map((step): Row => [
    step,
    "port taken",
    { isTaken: true },
    /port \d+ is in use by/,
  ]),
  ["base-app", "app not started", {}, /nothing is listening at http/],
  ["base-app", "port taken", { isTaken: true }, /is the port taken by/],
  ["base-app", "wrong file", { runs: "manual.ts" }, /is manual.ts, and this step is about base.ts/],
  [
    "base-app",
    "syntax error",
    { runs: "base.ts", edit: ["new Hono();", "new Hono(;"], endsAtOnce: true },
    /base.ts has a mistake: /,
  ],
  [
    "base-app",
    "missing return",
    { runs: "base.ts", edit: ['c.text("Hello', '{ c.text("Hello'], endsAtOnce: true },
    /base.ts has a mistake: /,
  ],
  ["test-base", "app not started", {}, /nothing is listening at http/],
  [
    "test-base",
    "wrong file",
    { runs: "manual.ts" },
    /is manual.ts, and this step is about base.ts/,
  ],
  ["test-base", "no request by the learner", { runs: "base.ts" }, /you haven't shown the guide/],
  ...rowsOf("first-span", "manual.ts"),
  [
    "first-span",
    "missing return",
    { runs: "manual.ts", edit: ["return c.text(greeting, 200);", "c.text(greeting, 200);"] },
    /404, as it does if a route returns nothing/,
  ],
  [
    "first-span",
    "span not ended",
    { runs: "manual.ts", edit: [/.*\b(root|greet)\.end\(\);\n/g, ""] },
    /never ends a span/,
  ],
  [
    "first-span",
    "child not ended",
    { runs: "manual.ts", edit: [/.*greet\.end\(\);\n/, ""] },
    /a span that never ends is never sent/,
  ],
  [
    "first-span",
    "no context manager",
    { runs: "manual.ts", edit: [/context\.setGlobalContextManager.*\n/, ""] },
    /Is the context manager registered and enabled/,
  ],
  [
    "first-span",
    "no event",
    { runs: "manual.ts", edit: [/.*addEvent.*\n/g, ""] },
    /The span has no event "root_event"/,
  ],
  [
    "first-span",
    "wrong name of the span",
    { runs: "manual.ts", edit: [/"root"/g, '"route"'] },
    /none has the name "root"/,
  ],
  ...rowsOf("record-the-error", "manual.ts").slice(0, 8),
  [
    "record-the-error",
    "/error not instrumented",
    { runs: "manual.ts", edit: [/root\.setStatus.*\n/, ""] },
    /does `catch` set the status/,
  ],
  [
    "record-the-error",
    "error swallowed",
    { runs: "manual.ts", edit: ["throw error;", 'return c.text("Oops");'] },
    /you must rethrow it/,
  ],
  [
    "record-the-error",
    "span not ended",
    { runs: "manual.ts", edit: [/finally \{\n *root\.end\(\);\n *\}/, "finally {}"] },
    /does its span end in `finally`/,
  ],
  [
    "record-the-error",
    "no exception",
    { runs: "manual.ts", edit: [/.*recordException.*\n/, ""] },
    /Add to catch: `root.recordException/,
  ],
  ...rowsOf("flush-at-the-end", "manual.ts").slice(0, 4),
  ...rowsOf("test-manual", "manual.ts").slice(0, 8),
  ...rowsOf("see-manual", "manual.ts").slice(0, 8),
  ...rowsOf("middleware-code", "middleware.ts"),
  [
    "middleware-code",
    "still the manual spans",
    {
      runs: "middleware.ts",
      edit: [/app\.use\([^]*?\}\)\);\n/, 'trace.getTracer("m").startSpan("root").end();\n'],
    },
    /SERVER|manual|no span/,
  ],
  ...rowsOf("test-middleware", "middleware.ts").slice(0, 8),
  ...rowsOf("see-middleware", "middleware.ts").slice(0, 8),
  ...launchedRows("test-no-code"),
  ...launchedRows("see-no-code"),
  ["join-the-traces", "app not started", {}, /nothing is listening at http/],
  ["join-the-traces", "wrong file", { runs: "base.ts" }, /is base.ts, .* shop.ts/],
  ["join-the-traces", "port taken", { isTaken: true }, /is the port taken by/],
  [
    "join-the-traces",
    "wrong protocol",
    { runs: "shop.ts", env: GRPC_PORT },
    /accepts gRPC, but the app sends/,
  ],
  [
    "join-the-traces",
    "context not injected",
    { runs: "shop.ts", edit: [/.*propagation\.inject.*\n/, ""] },
    /doesn't pass one on/,
  ],
  [
    "join-the-traces",
    "wrong name",
    { runs: "shop.ts", edit: ["WorkshopStock", "other"] },
    /Set its name in the code: .*WorkshopStock/,
  ],
  [
    "join-the-traces",
    "syntax error",
    { runs: "shop.ts", edit: ["new Hono();", "new Hono(;"], endsAtOnce: true },
    /shop.ts has a mistake: /,
  ],
  ...metricsRows(),
  ["join-the-traces", "wrong port", { runs: "shop.ts", env: DEAD }, /sends to port \d+, but/],
  ["find-the-fault", "app not started", {}, /nothing is listening at http/],
  ["find-the-fault", "wrong file", { runs: "shop.ts" }, /is shop.ts, .* orders.ts/],
  ["find-the-fault", "wrong port", { runs: "orders.ts", env: DEAD }, /sends to port \d+, but/],
  ...namedRows("sample", "WorkshopSampled"),
  ["sample", "no launcher", { runs: "base.ts" }, /base.ts runs without .* auto,/],
  [
    "sample",
    "sampler off",
    {
      runs: "base.ts",
      auto: ["--service-name=WorkshopSampled", "--traces-sampler=always_off"],
    },
    /OTEL_TRACES_SAMPLER=always_off records no spans/,
  ],
  ...namedRows("logs", "WorkshopLogs"),
  ["logs", "no launcher", { runs: "base.ts" }, /base.ts runs without .* auto,/],
  [
    "logs",
    "exporter none",
    { runs: "base.ts", auto: ["--service-name=WorkshopLogs", "--logs-exporter=none"] },
    /No log record from WorkshopLogs yet/,
  ],
  ...["baggage", "span-links", "describe-the-sender", "red", "cost"].map((step): Row => [
    step,
    "app not started",
    {},
    /nothing is listening at http/,
  ]),
  ["baggage", "wrong file", { runs: "base.ts" }, /is base.ts, .* baggage.ts/],
  ["baggage", "wrong port", { runs: "baggage.ts", env: DEAD }, /sends to port \d+, but/],
  [
    "baggage",
    "baggage not read",
    { runs: "baggage.ts", edit: [/.*setAttribute.*\n/, ""] },
    /has no app.customer.tier with the value gold/,
  ],
  [
    "baggage",
    "baggage not set",
    {
      runs: "baggage.ts",
      edit: ["propagation.setBaggage(context.active(), baggage)", "context.active()"],
    },
    /has no app.customer.tier with the value gold/,
  ],
  ["span-links", "wrong file", { runs: "base.ts" }, /is base.ts, .* batch.ts/],
  ["span-links", "wrong port", { runs: "batch.ts", env: DEAD }, /sends to port \d+, but/],
  ["span-links", "no job ran", { runs: "batch.ts" }, /Orders arrived, but no job ran/],
  [
    "describe-the-sender",
    "no attributes",
    { runs: "base.ts", auto: ["--service-name", "WorkshopDescribed"] },
    /The resource lacks one of both/,
  ],
  [
    "describe-the-sender",
    "a wrong name",
    {
      runs: "base.ts",
      auto: [
        "--service-name",
        "WorkshopDescribed",
        "--resource-attributes",
        "service.version=1.2.0,deployment.environment=workshop",
      ],
    },
    /its resource has no deployment.environment.name/,
  ],
  [
    "cost",
    "values not cut",
    { runs: "base.ts", auto: ["--service-name", "WorkshopThrifty"] },
    /No span has the user agent cut/,
  ],
];

for (const [step, what, mistake, said] of ROWS) {
  testWith(
    NEEDS,
    `step ${step} doesn't pass, and names the cause: ${what}`,
    () =>
      withFolder(async (folder) => {
        if (mistake.auto) await buildPreload();
        await using collector = await createCollector({
          httpPort: 0,
          grpcPort: 0,
          uiPort: 0,
          store: { maxTraces: 1000, maxBytes: 64 * 1024 ** 2 },
        });
        const backends = embeddedBackends(collector);
        const room = await openClassroom(folder);
        await room.guide(backends, "goto", step);
        await using _app = await startApp(mistake, room, backends);
        const { code, data, status } = await room.guide(
          backends,
          "check",
          step,
          "--json",
          "--wait=500ms",
        );
        assert(code === 1 || code === 3, `exit code ${code}: ${status}`);
        const { passed, outcomes, ladder = [] }: {
          passed: boolean;
          outcomes: Outcome[];
          ladder?: Rung[];
        } = JSON.parse(data);
        assert(!passed);
        const texts = [
          ...outcomes.flatMap(({ state, found, advice = "" }) =>
            state === "passed" ? [] : [found, advice]
          ),
          ...ladder.filter(({ isWhole }) => !isWhole).flatMap(({ found, fix }) => [found, fix]),
        ];
        assertMatch(texts.join("\n").replaceAll(/\s+/g, " "), said);
      }),
  );
}

/** Does what the learner did, and sends requests. */
async function startApp(
  mistake: Mistake,
  { port, dir }: Classroom,
  backends: Backends,
): Promise<AsyncDisposable> {
  const { runs, edit, auto, env = {}, isTaken, endsAtOnce } = mistake;
  if (isTaken) return holdWithoutHttp(port);
  if (!runs) return { async [Symbol.asyncDispose]() {} };
  if (runs !== "base.ts") {
    await copyFileMoved(new URL(`steps/solution/${runs}`, WORKSHOP), `${dir}/${runs}`, port);
  }
  if (edit) {
    const before = await Deno.readTextFile(`${dir}/${runs}`);
    const after = before.replace(...edit);
    assert(after !== before, `${edit[0]} is not in ${runs}`);
    await Deno.writeTextFile(`${dir}/${runs}`, after);
  }
  const lab = mistake.lab && await startLab(mistake.lab, dir, backends);
  const real = (text: string) => text.replace("GRPC", backends.otlpGrpcUrl);
  const endpoint = lab?.url ?? backends.otlpHttpUrl;
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...env };
  const variables = {
    OTEL_BSP_SCHEDULE_DELAY: "100",
    OTEL_METRIC_EXPORT_INTERVAL: "100",
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, real(value)])),
  };
  const command = ["run", "--cached-only", ...PERMISSIONS, `${dir}/${runs}`];
  const app = auto
    ? spawn(["auto", ...auto.map(real), "--", Deno.execPath(), ...command], {
      env: variables,
      launch: sourcesThatRun(),
    })
    : spawn([], { env: variables, launch: { command: Deno.execPath(), args: command } });
  if (endsAtOnce) await app.end();
  else {
    const orders = Array.from({ length: runs === "metrics.ts" ? 12 : 0 }, () => "/order/book");
    await sendRequests(port, [...orders, ...mistake.paths ?? []]);
  }
  return {
    async [Symbol.asyncDispose]() {
      await app.stop();
      await lab?.program.stop();
    },
  };
}

/** The learner's Collector. Its backend is down. */
async function startLab(
  { from, file = "lab/collector.yaml", edit = ["", ""] }: NonNullable<Mistake["lab"]>,
  dir: string,
  { otlpHttpUrl }: Backends,
) {
  const solution = new URL(`steps/solution/${from}`, WORKSHOP);
  const before = await Deno.readTextFile(solution);
  assert(before.includes(edit[0]), `${edit[0]} is not in ${from}`);
  const after = before.replace(...edit).replace("interval: 1000", "interval: 100");
  await Deno.writeTextFile(`${dir}/${file}`, after);
  const program = spawn(["lab", "--config", `${dir}/${file}`], {
    env: {
      LAB_PORT: "0",
      BACKEND_PORT: new URL(closedUrl()).port,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttpUrl,
    },
  });
  await program.waitFor("stderr", "Ctrl-C\n");
  return { program, url: /Listening on (http:\S+)\//.exec(program.stderr)?.[1] ?? "" };
}

/** Requests that every exercise has routes for, and more. */
async function sendRequests(port: number, paths: readonly string[]): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  await poll(async () => {
    try {
      await (await fetch(url)).text();
      return { result: true };
    } catch (error) {
      return { answer: String(error) };
    }
  }, "the app");
  await (await fetch(`${url}/error`)).text();
  for (const path of paths) await (await fetch(url + path)).text();
}

/** A program that hangs up on everyone. */
function holdWithoutHttp(port: number): AsyncDisposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const serving = (async () => {
    for await (const connection of listener) connection.close();
  })().catch(() => {});
  return {
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
    },
  };
}
