import { assertEquals, assertMatch } from "@std/assert";
import { EXTERNAL_BACKENDS } from "../../../lib/workshop/backends/backends.ts";
import { climb } from "../../../lib/workshop/ladder/climb.ts";
import type { Climb, RungName } from "../../../lib/workshop/ladder/rung.ts";
import { bareCommands } from "../../helpers/bare_commands.ts";
import { skipTime } from "../../helpers/fake_time.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { withApp } from "../../helpers/program.ts";
import { countOwnTraffic } from "../../helpers/own_traffic.ts";
import { closedUrl, freePort } from "../../helpers/ports.ts";
import { demoFile, needsServers, startCollector, startJaeger } from "../../helpers/servers.ts";
import { type FakeBackends, startFakeBackends, told } from "../../helpers/workshop_backends.ts";

const SERVICE = "MyHonoAppInProductionAuto";
const ALL: RungName[] = [
  "app",
  "answer",
  "handler",
  "receiver",
  "collector-exporter",
  "service-name",
  "exporter",
];

/** Climbs for an app that answers; returns the rungs that held and the one that broke. */
async function climbPast(fake: FakeBackends, given: Partial<Omit<Climb, "command">> = {}) {
  await using app = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response("Hello"),
  );
  return await climbTo({
    backends: fake.backends,
    own: countOwnTraffic(),
    signals: ["traces"],
    appUrl: `http://127.0.0.1:${app.addr.port}`,
    service: SERVICE,
    startedAt: Date.now() - 60_000,
    environment: { variables: {} },
    ...given,
  });
}

async function climbTo(way: Omit<Climb, "command">) {
  const rungs = await climb({ ...way, command: "../otel-kit" });
  assertEquals(rungs.flatMap(({ found, fix }) => bareCommands(`${found}\n${fix}`)), []);
  const broken = rungs.find(({ isWhole }) => !isWhole);
  return { held: rungs.filter(({ isWhole }) => isWhole).map(({ name }) => name), broken };
}

testWith(["net"], "climb() passes every rung when the telemetry arrives", async () => {
  await using fake = startFakeBackends();
  fake.spans.push(told({ service: SERVICE }));
  const { held, broken } = await climbPast(fake);
  assertEquals(broken, undefined);
  assertEquals(held, ALL);
});

testWith(["net"], "climb() stops at a missing app", async () => {
  await using fake = startFakeBackends();
  const { broken } = await climbPast(fake, { appUrl: `http://127.0.0.1:${freePort()}` });
  assertEquals(broken?.name, "app");
  assertMatch(broken?.fix ?? "", /--app-url/);
});

testWith(
  ["net"],
  "climb() stops if another program uses the app's port, and names it",
  async () => {
    await using fake = startFakeBackends();
    using other = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const hangUp = (async () => {
      for await (const connection of other) {
        connection.close();
      }
    })();
    const { broken } = await climbPast(fake, { appUrl: `http://127.0.0.1:${other.addr.port}` });
    assertEquals(broken?.name, "answer");
    assertMatch(broken?.fix ?? "", /taken by (deno \(process \d+\)|another program)/);
    other.close();
    await hangUp.catch(() => {});
  },
);

testWith(
  ["net"],
  "climb() stops at a missing receiver, or at one that only accepts gRPC",
  async () => {
    await using fake = startFakeBackends();
    const nobody = { ...fake.backends, otlpHttpUrl: `http://127.0.0.1:${freePort()}` };
    const away = await climbPast(fake, { backends: { ...nobody, isEmbedded: false } });
    assertEquals(away.broken?.name, "receiver");
    assertMatch(away.broken?.fix ?? "", /docker compose up/);

    const page = { ...fake.backends, otlpHttpUrl: `${fake.backends.otlpHttpUrl}/nowhere` };
    const wrong = await climbPast(fake, { backends: page });
    assertEquals(wrong.broken?.name, "receiver");
    assertMatch(wrong.broken?.fix ?? "", /4317 is for gRPC/);
  },
);

testWith(["net"], "climb() stops if spans arrive under another name", async () => {
  await using fake = startFakeBackends();
  fake.spans.push(told({ service: "unknown_service:deno" }));
  const { broken } = await climbPast(fake);
  assertEquals(broken?.name, "service-name");
  assertMatch(broken?.found ?? "", /"unknown_service:deno", none from "MyHono/);
  assertMatch(broken?.fix ?? "", /OTEL_SERVICE_NAME=MyHonoAppInProductionAuto/);
});

const SILENT: [string, Record<string, string>, RegExp][] = [
  ["nothing that can be seen", {}, /wait 5 s for the batch/],
  ["the SDK turned off", { OTEL_SDK_DISABLED: "true" }, /OTEL_SDK_DISABLED/],
  ["the sampler off", { OTEL_TRACES_SAMPLER: "parentbased_always_off" }, /records no spans/],
  ["no exporter", { OTEL_TRACES_EXPORTER: "none" }, /sends no spans/],
  ["4317 over HTTP", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4317" }, /accepts gRPC/],
  ["4318 over gRPC", {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:HTTP",
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
  }, /Port \d+ accepts HTTP, but the app sends over gRPC/],
  ["another port", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:1" }, /sends to port 1,/],
];

testWith(["net"], "climb() follows spans through the learner's own Collector", async () => {
  await using fake = startFakeBackends();
  const labUrl = `http://127.0.0.1:${freePort()}`;
  const off = await climbPast(fake, { labUrl });
  assertEquals(off.broken?.name, "lab");
  assertMatch(off.broken?.fix ?? "", /otel-kit lab --config/);

  const on = { labUrl: fake.backends.otlpHttpUrl };
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:1" };
  const past = await climbPast(fake, { ...on, environment: { variables } });
  assertMatch(past.broken?.fix ?? "", /sends to port 1, but the receiver is at/);
  const silent = await climbPast(fake, on);
  assertMatch(silent.broken?.fix ?? "", /does its traces pipeline contain otlp_http\/guide/);
});

for (const [name, env, fix] of SILENT) {
  testWith(["net"], `climb() stops at an app that sends nothing: ${name}`, async () => {
    await using fake = startFakeBackends();
    const backends = { ...fake.backends, otlpGrpcUrl: "http://127.0.0.1:4317" };
    const { port } = new URL(backends.otlpHttpUrl);
    const told = Object.entries(env).map(([name, value]) => [name, value.replace("HTTP", port)]);
    const { broken } = await climbPast(fake, {
      backends,
      environment: { variables: Object.fromEntries(told) },
    });
    assertEquals(broken?.name, "exporter");
    assertMatch(broken?.fix ?? "", fix);
  });
}

testWith(["net"], "climb() reports whose settings it used", async () => {
  await using fake = startFakeBackends();
  const variables = { OTEL_TRACES_EXPORTER: "none" };
  const { broken } = await climbPast(fake, {
    environment: { variables, unknown: "it runs on another machine" },
  });
  assertMatch(broken?.found ?? "", /settings are unknown \(it runs on another machine\)/);
  assertMatch(broken?.fix ?? "", /sends no spans/);
});

testWith(["net"], "climb() reports how long a batch may still take", async () => {
  await using fake = startFakeBackends();
  const { broken } = await climbPast(fake, { startedAt: Date.now() - 1000 });
  assertMatch(broken?.fix ?? "", /[34] s left/);
});

testIf(
  needsServers("collector", "jaeger"),
  ["net", "env", "read", "write", "run"],
  "climb() finds what is broken between a real app, a real Collector and a real Jaeger",
  async () => {
    await withFolder(async (folder) => {
      await using jaeger = await startJaeger(folder);
      const options = {
        config: demoFile("otel-collector-config.yaml"),
        overrides: { exporters: { zipkin: { endpoint: closedUrl() } } },
      };
      const to = (port: number | undefined) => ({ JAEGER_OTLP_ENDPOINT: `127.0.0.1:${port}` });
      await using collector = await startCollector({ ...options, env: to(jaeger.ports.grpc) });
      await using lost = await startCollector({ ...options, env: to(freePort()) });
      const backendsOf = ({ ports }: typeof collector) => ({
        ...EXTERNAL_BACKENDS,
        otlpHttpUrl: `http://127.0.0.1:${ports.http}`,
        otlpGrpcUrl: `http://127.0.0.1:${ports.grpc}`,
        ownMetricsUrl: `http://127.0.0.1:${ports.metrics}/metrics`,
        jaegerUrl: `http://127.0.0.1:${jaeger.ports.query}`,
      });
      const startedAt = Date.now() - 10_000;
      const climbWith = (appUrl: string, given: Partial<Climb> = {}) =>
        climbTo({
          backends: backendsOf(collector),
          own: countOwnTraffic(),
          signals: ["traces"],
          appUrl,
          service: SERVICE,
          startedAt,
          environment: { variables: {} },
          ...given,
        });
      const auto = (port: number | undefined, ...more: string[]) => [
        "auto",
        `--endpoint=http://127.0.0.1:${port}`,
        "--protocol=http/protobuf",
        "--bsp-schedule-delay=50",
        ...more,
      ];

      const brokenAtOnce = async (appUrl: string, backends: Climb["backends"]) => {
        using _time = skipTime();
        return (await climbWith(appUrl, { backends })).broken?.name;
      };

      // OTLP/HTTP to the gRPC port: nothing arrives, and the app's exporter is at fault.
      await withApp(auto(collector.ports.grpc), {}, async ({ url }) => {
        assertEquals((await climbWith(url)).broken?.name, "exporter");
        const { otlpGrpcUrl } = backendsOf(collector);
        const swapped = { ...backendsOf(collector), otlpHttpUrl: otlpGrpcUrl };
        const { broken } = await climbWith(url, { backends: swapped });
        assertEquals(broken?.name, "receiver");
        assertMatch(broken?.fix ?? "", /4317/);
      });
      await withApp(auto(collector.ports.http, "--service-name=other"), {}, async ({ url }) => {
        assertEquals(await untilBroken(() => climbWith(url), "service-name"), "service-name");
      });
      await withApp(
        auto(collector.ports.http, `--service-name=${SERVICE}`),
        {},
        async ({ url }) => {
          assertEquals(await brokenAtOnce(url, backendsOf(lost)), "collector-exporter");
          assertEquals(await untilBroken(() => climbWith(url), undefined), undefined);
        },
      );
      for (const server of [collector, lost, jaeger]) await server.stop("SIGKILL");
    });
  },
);

/** Each climb sends the app a request, whose span takes a moment. */
async function untilBroken(climbOnce: () => ReturnType<typeof climbTo>, wanted?: RungName) {
  let name: RungName | undefined;
  for (let i = 0; i < 20; i++) {
    name = (await climbOnce()).broken?.name;
    if (name === wanted) break;
  }
  return name;
}
