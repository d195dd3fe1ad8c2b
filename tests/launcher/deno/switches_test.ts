/** What turns a Deno program's telemetry on and off, and what mustn't keep it from starting. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import { freePort } from "../../helpers/ports.ts";
import { runProgram, sourcesThatRun } from "../../helpers/program.ts";
import { type Receiver, startHttpReceiver } from "../../helpers/receiver.ts";
import { TLS_FILES } from "../../helpers/tls_files.ts";
import { launch, launchAndHold, testOnEach, to } from "./launching.ts";

/** The numbers of spans, metrics, and log records that arrived, without zeros. */
function arrived({ spans, metrics, logRecords }: Receiver): string[] {
  return Object.entries({ spans, metrics, logRecords })
    .filter(([, items]) => items.length > 0)
    .map(([name]) => name);
}

const CASES: [name: string, variables: Record<string, string>, signals: string[]][] = [
  ["no traces", { OTEL_TRACES_EXPORTER: "none" }, ["metrics", "logRecords"]],
  ["no metrics", { OTEL_METRICS_EXPORTER: "none" }, ["spans", "logRecords"]],
  ["no logs", { OTEL_LOGS_EXPORTER: "none" }, ["spans", "metrics"]],
  ["no tracing", { OTEL_DENO_TRACING: "false" }, ["metrics", "logRecords"]],
  ["no measuring", { OTEL_DENO_METRICS: "false" }, ["spans", "logRecords"]],
  ["no console", { OTEL_DENO_CONSOLE: "ignore" }, ["spans", "metrics"]],
  ["OTEL_DENO in other letters", { OTEL_DENO: "TRUE" }, ["spans", "metrics", "logRecords"]],
  ["nothing", { OTEL_DENO: "false" }, []],
  ["tracing alone", { OTEL_DENO: "false", OTEL_DENO_TRACING: "true" }, ["spans"]],
  ["no SDK", { OTEL_SDK_DISABLED: "true" }, []],
  ["no SDK, which beats OTEL_DENO", { OTEL_SDK_DISABLED: "true", OTEL_DENO: "true" }, []],
];

for (const [name, variables, signals] of CASES) {
  testOnEach(`switches: ${name}`, async (deno) => {
    await using receiver = startHttpReceiver();
    const { stderr, code } = await launch(deno, { ...to(receiver), ...variables });
    assertEquals([code, arrived(receiver)], [0, signals], stderr);
  });
}

testOnEach("console output alone is sent if configured", async (deno) => {
  await using receiver = startHttpReceiver();
  const env = { ...to(receiver), OTEL_DENO_CONSOLE: "replace" };
  const { stdout, stderr } = await launch(deno, env);
  assert(!stdout.includes("0123456789"), stderr);
  // A relay strips the line end.
  assertEquals(receiver.logRecords.map(({ body }) => String(body).trimEnd()), ["0123456789"]);
});

testOnEach("exporters that Deno lacks are reported, and nothing is sent", async (deno) => {
  await using receiver = startHttpReceiver();
  const { stderr } = await launch(deno, {
    ...to(receiver),
    OTEL_TRACES_EXPORTER: "zipkin",
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: `${receiver.url}/api/v2/spans`,
    OTEL_METRICS_EXPORTER: "prometheus",
    OTEL_EXPORTER_PROMETHEUS_PORT: "0",
  });
  assertEquals(arrived(receiver), ["logRecords"]);
  assertStringIncludes(stderr, 'OTEL_TRACES_EXPORTER "zipkin": no effect on deno');
  assertStringIncludes(stderr, 'OTEL_METRICS_EXPORTER "prometheus": no effect on deno');
  assertMatch(stderr, /OTEL_EXPORTER_ZIPKIN_ENDPOINT: no effect on deno \S+; it has no such/);
});

testOnEach("it starts with any letter case, spaces, and numbers", async (deno) => {
  await using receiver = startHttpReceiver();
  const { stderr, code } = await launch(deno, {
    ...to(receiver, " HTTP/JSON "),
    OTEL_TRACES_SAMPLER: " ALWAYS_ON ",
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: " Delta ",
    OTEL_EXPORTER_OTLP_COMPRESSION: "None",
    OTEL_BSP_MAX_QUEUE_SIZE: "0",
    OTEL_BLRP_MAX_QUEUE_SIZE: "many",
    OTEL_METRIC_EXPORT_INTERVAL: "0",
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: " 1 ",
    OTEL_EXPORTER_OTLP_TIMEOUT: "soon",
    OTEL_PROPAGATORS: "TraceContext",
  });
  assertEquals([code, arrived(receiver)], [0, ["spans", "metrics", "logRecords"]], stderr);
  assertEquals(receiver.metrics.find(({ name }) => name === "counter")?.temporality, 1);
  const traces = receiver.requests.filter(({ signal }) => signal === "traces");
  assertEquals(traces.every(({ spans }) => spans.length === 1), true, "batches of one");
});

testOnEach("it starts if files cannot be used, and the reason is reported", async (deno) => {
  for (
    const [variables, reason] of [
      [{ OTEL_EXPORTER_OTLP_CERTIFICATE: "/nowhere.pem" }, "there is no such file"],
      [{ OTEL_EXPORTER_OTLP_CLIENT_KEY: TLS_FILES.clientKey }, "mutual TLS needs both"],
    ] as const
  ) {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `https://localhost:${freePort()}`, ...variables };
    const { code, ownHeaders, stderr } = await launch(deno, env);
    assertEquals([code, ownHeaders.host !== undefined], [0, true], stderr);
    assertStringIncludes(stderr, reason);
  }
});

for (const listensFor of [[], ["SIGTERM"]] as const) {
  testOnEach(
    `a signal loses nothing in a program that listens for ${listensFor.length || "none"}`,
    async (deno) => {
      await using receiver = startHttpReceiver();
      const env = {
        ...to(receiver),
        OTEL_BSP_SCHEDULE_DELAY: "600000",
        // Deno handles signals half a second after it starts.
        OTEL_METRIC_EXPORT_INTERVAL: "1500",
      };
      const { code, stderr } = await launchAndHold(deno, env, async (program) => {
        await receiver.waitUntil(
          ({ metrics }) => metrics.some(({ name }) => name === "counter"),
          "the counter",
        );
        await program.stop("SIGTERM");
      }, ...listensFor);
      assertEquals(code, listensFor.length > 0 ? 3 : 143, stderr);
      assert(receiver.spans.length > 0, stderr);
    },
    { missing: Deno.build.os === "windows" ? "no POSIX signals on Windows" : undefined },
  );
}

testOnEach("a dry run and --print-config say what they would without starting it", async (deno) => {
  const env = { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc", OTEL_EXPORTER_OTLP_TIMEOUT: "0" };
  const words = ["--traces-sampler", "always_off", "--", deno.path, "run", "x.ts"];
  const launcher = sourcesThatRun();
  const dry = await runProgram(["auto", "--dry-run", ...words], { launch: launcher, env });
  assertMatch(dry.stderr, /Would relay its telemetry: Deno .*\n {2}command line .*x\.ts\nNothing/);
  const printed = await runProgram(["auto", "--print-config", ...words], { launch: launcher, env });
  assertMatch(printed.stdout, /OTEL_TRACES_SAMPLER +flag +always_off/);
  // The preload samples where Deno does not.
  for (const { stderr } of [dry, printed]) assertNotMatch(stderr, /--traces-sampler/);
});
