import { assertEquals, assertMatch } from "@std/assert";
import { DENOS } from "../helpers/denos.ts";
import { testWith } from "../helpers/needs.ts";
import { poll } from "../helpers/poll.ts";
import { startSilentServer } from "../helpers/silent_server.ts";
import { sourcesThatRun, withApp, withRunning } from "../helpers/program.ts";

const NEEDS = ["net", "env", "read", "run", "signals"] as const;

/** Only the end of the program ends an export. */
const PATIENT = {
  OTEL_EXPORTER_OTLP_TIMEOUT: "0",
  OTEL_EXPORTER_ZIPKIN_TIMEOUT: "0",
  OTEL_BSP_EXPORT_TIMEOUT: "0",
  OTEL_BLRP_EXPORT_TIMEOUT: "0",
  OTEL_BSP_SCHEDULE_DELAY: "0",
  OTEL_METRIC_EXPORT_INTERVAL: "3600000",
  OTEL_METRIC_EXPORT_TIMEOUT: "3600000",
};

function settingsFor(url: string): Record<string, string> {
  return {
    ...PATIENT,
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: `${url}/api/v2/spans`,
  };
}

for (
  const [signal, args, env] of [
    ["SIGTERM", ["serve", "--mode", "manual"], {}],
    ["SIGINT", ["serve", "--mode", "middleware"], { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }],
    ["SIGTERM", ["auto"], { OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" }],
    ["SIGINT", ["auto"], { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }],
    ["SIGTERM", ["auto"], { OTEL_TRACES_EXPORTER: "zipkin" }],
  ] as const
) {
  const what = [...args, ...Object.values(env)].join(" ");
  testWith(NEEDS, `${what} ends on ${signal} even if its collector is silent`, async () => {
    await using server = startSilentServer();
    await withApp([...args], { env: { ...settingsFor(server.url), ...env } }, async (app) => {
      await (await fetch(app.url)).text();
      await server.connected(1);
      const { code, stderr } = await app.stop(signal);
      assertEquals(code, 0, stderr);
      assertMatch(stderr, /Sent 0 of 1 spans to \S+, lost 1: no answer in time/);
    });
  });
}

testWith(NEEDS, "a second signal immediately ends the wait for a silent collector", async () => {
  await using server = startSilentServer();
  await withApp(["auto"], { env: settingsFor(server.url) }, async (app) => {
    await (await fetch(app.url)).text();
    await server.connected(1);
    app.signal("SIGTERM");
    await app.waitFor("stderr", "Stopping");
    const { code, stderr } = await app.stop("SIGTERM");
    assertEquals(code, 128 + 15);
    assertMatch(stderr, /lost 1: the program was stopped before they were sent/);
  });
});

for (const { path, version } of DENOS) {
  /** A program whose telemetry only the relay can send. */
  const args = ["auto", "--exporter-otlp-compression", "gzip", "--", path, "eval"];

  testWith(NEEDS, `the relay ends even if its collector is silent (Deno ${version})`, async () => {
    await using server = startSilentServer();
    const options = { launch: sourcesThatRun(), env: settingsFor(server.url) };
    await withRunning([...args, "console.log('hi')"], options, async (program) => {
      const { code, stderr } = await program.end();
      assertEquals(code, 0, stderr);
      assertMatch(stderr, /Sent 0 of 1 log records to \S+, lost 1: no answer in time/);
    });
  });

  testWith(NEEDS, `a signal immediately ends the relay's wait (Deno ${version})`, async () => {
    await using server = startSilentServer();
    const options = { launch: sourcesThatRun(), env: settingsFor(server.url) };
    await withRunning(
      [...args, "console.log('hi'); Deno.exitCode = 3"],
      options,
      async (program) => {
        await server.connected(1);
        let finished = false;
        const ended = program.end().finally(() => finished = true);
        // The first signals may still be forwarded to the program, which is already gone.
        await poll(() => {
          if (!finished) program.signal("SIGTERM");
          return Promise.resolve(finished ? { result: true } : {});
        }, "the end of the launcher");
        assertMatch((await ended).stderr, /lost 1: the program was stopped before they were sent/);
      },
    );
  });
}
