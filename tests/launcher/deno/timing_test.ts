/** Times set for a Deno program, observed by which of several things happens first. */
import { assertEquals } from "@std/assert";
import { isAtLeast } from "../../../lib/launcher/deno/version.ts";
import { DENOS, needsBothSidesOf } from "../../helpers/denos.ts";
import { testIf } from "../../helpers/needs.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { spawn } from "../../helpers/program.ts";
import { programPath } from "../launching.ts";
import { launchAndHold, NEEDS, testOnEach, to } from "./launching.ts";
import { startSilentServer } from "./silent_server.ts";

/** A time that is almost immediate, and one so late that only a failing test waits for it. */
const SOON = "20";
const LATER = "400";
const NEVER = "600000";

/** Shorter than the default delay of spans, and longer than that of log records. */
const ALMOST_USUAL = "4500";

/** Two of the signals are sent soon. The later one gives up first because of its own time limit. */
const LATE = {
  traces: {
    OTEL_BSP_SCHEDULE_DELAY: LATER,
    OTEL_BLRP_SCHEDULE_DELAY: SOON,
    OTEL_METRIC_EXPORT_INTERVAL: NEVER,
  },
  logs: {
    OTEL_BSP_SCHEDULE_DELAY: SOON,
    OTEL_BLRP_SCHEDULE_DELAY: LATER,
    OTEL_METRIC_EXPORT_INTERVAL: NEVER,
  },
  metrics: {
    OTEL_BSP_SCHEDULE_DELAY: SOON,
    OTEL_BLRP_SCHEDULE_DELAY: SOON,
    OTEL_METRIC_EXPORT_INTERVAL: LATER,
  },
};

/** Variables that set a signal's time limit alone, and the version since which Deno applies them itself. */
const LIMITS: [signal: keyof typeof LATE, variables: Record<string, string>, since?: string][] = [
  ["traces", { OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "200" }],
  ["metrics", { OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: "200" }],
  ["logs", { OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: "200" }],
  ["logs", { OTEL_EXPORTER_OTLP_TIMEOUT: "200", OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: NEVER }],
  ["traces", { OTEL_BSP_EXPORT_TIMEOUT: "200" }, "2.7.12"],
  ["logs", { OTEL_BLRP_EXPORT_TIMEOUT: "200" }, "2.7.12"],
  ["metrics", { OTEL_METRIC_EXPORT_TIMEOUT: "200" }],
];

for (const [signal, variables, since] of LIMITS) {
  testOnEach(`${Object.keys(variables).join()} limits ${signal}`, async (deno) => {
    using server = startSilentServer();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: server.url, ...LATE[signal], ...variables };
    const { isRelayed, stderr } = await launchAndHold(deno, env, async () => {
      await server.firstGaveUp;
      server.close();
    });
    assertEquals(server.gaveUp, [signal], stderr);
    assertEquals(isRelayed, since === undefined || !isAtLeast(deno.version, since), stderr);
  });
}

testIf(
  needsBothSidesOf("2.7.12"),
  NEEDS,
  "deno 2.7.12 gives up, where those before wait",
  async () => {
    const before = DENOS.find(({ version }) => !isAtLeast(version, "2.7.12"))!;
    const after = DENOS.find(({ version }) => isAtLeast(version, "2.7.12"))!;
    using server = startSilentServer();
    const env = {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
      OTEL_EXPORTER_OTLP_TIMEOUT: "200",
    };
    const args = ["run", "--quiet", "-A", programPath("telemetry.ts")];
    const waiting = spawn([], { launch: { command: before.path, args }, env });
    try {
      const { code } = await spawn([], { launch: { command: after.path, args }, env }).end();
      assertEquals(code, 0);
      const first = await Promise.race([waiting.end(), Promise.resolve("still waiting")]);
      assertEquals(first, "still waiting");
    } finally {
      await waiting.stop("SIGKILL");
    }
  },
);

testOnEach("an export timeout of 0 is no limit", async (deno) => {
  await using receiver = startHttpReceiver();
  const env = {
    ...to(receiver),
    OTEL_BSP_SCHEDULE_DELAY: SOON,
    OTEL_BSP_EXPORT_TIMEOUT: "0",
    OTEL_BLRP_SCHEDULE_DELAY: SOON,
    OTEL_BLRP_EXPORT_TIMEOUT: "0",
  };
  await launchAndHold(deno, env, async () => {
    await receiver.waitUntil(
      ({ spans, logRecords }) => spans.length > 0 && logRecords.length > 0,
      "spans and log records",
    );
  });
});

testOnEach("a short delay of spans ends before a longer one of log records", async (deno) => {
  await using receiver = startHttpReceiver();
  const env = {
    ...to(receiver),
    OTEL_BSP_SCHEDULE_DELAY: SOON,
    OTEL_BLRP_SCHEDULE_DELAY: ALMOST_USUAL,
    OTEL_METRIC_EXPORT_INTERVAL: NEVER,
  };
  await launchAndHold(deno, env, async () => {
    await receiver.waitForSpans(1);
    assertEquals([receiver.logRecords.length, receiver.metrics.length], [0, 0]);
  });
});

testOnEach("metrics are sent at intervals, log records after a longer delay", async (deno) => {
  await using receiver = startHttpReceiver();
  const env = {
    ...to(receiver),
    OTEL_BSP_SCHEDULE_DELAY: ALMOST_USUAL,
    OTEL_BLRP_SCHEDULE_DELAY: NEVER,
    OTEL_METRIC_EXPORT_INTERVAL: SOON,
  };
  await launchAndHold(deno, env, async () => {
    const counters = () => receiver.metrics.filter(({ name }) => name === "counter").length;
    await receiver.waitUntil(() => counters() >= 3, "three exports of the counter");
    assertEquals(receiver.spans.length, 0);
    await receiver.waitForSpans(1);
    assertEquals(receiver.logRecords.length, 0);
  });
});
