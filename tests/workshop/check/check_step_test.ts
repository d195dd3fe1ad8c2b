import { assert, assertEquals, assertMatch } from "@std/assert";
import { checkStep, isPassed } from "../../../lib/workshop/check/check_step.ts";
import type { Outcome } from "../../../lib/workshop/conditions/outcome.ts";
import type { Check } from "../../../lib/workshop/course/check.ts";
import type { Condition } from "../../../lib/workshop/course/step.ts";
import { skipTime } from "../../helpers/fake_time.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { closedUrl, freePort } from "../../helpers/ports.ts";
import { demoFile, needsServers, startCollector, startJaeger } from "../../helpers/servers.ts";
import { withFolder } from "../../helpers/folder.ts";
import { contextOf, startFakeBackends, told } from "../../helpers/workshop_backends.ts";
import { EXTERNAL_BACKENDS } from "../../../lib/workshop/backends/backends.ts";

const SHOP = "shop";
const ABSENT: Check = { kind: "trace", service: "*", absent: true };
const ARRIVES: Check = { kind: "trace", service: SHOP };
const A_DAY_MS = 86_400_000;

function step(...checks: [id: string, check: Check, withinMillis?: number][]) {
  const conditions = checks.map(([id, check, withinMillis]): Condition => ({
    id,
    says: id,
    fails: {},
    check,
    ...withinMillis !== undefined && { withinMillis },
  }));
  return { conditions };
}

testWith(["net"], "checkStep() waits for telemetry in flight, and reports how long", async () => {
  using _time = skipTime();
  await using fake = startFakeBackends();
  const seen: [state: string | undefined, left: number][] = [];
  const outcomes = await checkStep(step(["arrives", ARRIVES]), contextOf(fake, { startedAt: 0 }), {
    onProgress([outcome], left) {
      seen.push([outcome?.state, left]);
      if (seen.length === 1) fake.spans.push(told({ service: SHOP }));
    },
  });
  assert(isPassed(outcomes));
  assertEquals(seen.map(([state]) => state), ["waiting", "passed"]);
  assertEquals(seen[0]![1], 15_000);
});

testWith(["net"], "checkStep() checks a condition only after those that come first", async () => {
  using _time = skipTime();
  await using fake = startFakeBackends();
  let requests = 0;
  const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  await using app = Deno.serve(options, () => new Response(`${++requests}`));
  const appUrl = `http://127.0.0.1:${app.addr.port}`;
  const { conditions } = step(["arrives", ARRIVES, 100], ["answers", {
    kind: "http",
    path: "/error",
    status: 200,
  }]);
  const ordered = { conditions: [conditions[0]!, { ...conditions[1]!, after: ["arrives"] }] };

  const [, early] = await checkStep(ordered, contextOf(fake, { appUrl }));
  assertEquals([early?.state, early?.reason, requests], ["failed", undefined, 0]);
  assertMatch(early!.found, /once this has passed: arrives$/);

  fake.spans.push(told({ service: SHOP }));
  assert(isPassed(await checkStep(ordered, contextOf(fake, { appUrl, startedAt: 0 }))));
  assertEquals(requests, 1);
});

testWith(
  ["net"],
  "checkStep() fails conditions whose telemetry has not arrived in time",
  async () => {
    using _time = skipTime();
    await using fake = startFakeBackends();
    const [outcome] = await checkStep(step(["arrives", ARRIVES, 100]), contextOf(fake));
    assertEquals([outcome?.state, outcome?.reason], ["failed", "no-service"]);
  },
);

testWith(
  ["net"],
  "checkStep() checks once without patience, or when told to end",
  async () => {
    await using fake = startFakeBackends();
    let looks = 0;
    const onProgress = () => looks++;
    await checkStep(step(["a", ARRIVES]), contextOf(fake), { maxPatienceMillis: 0, onProgress });
    await checkStep(step(["a", ARRIVES]), contextOf(fake), {
      signal: AbortSignal.abort(),
      onProgress,
    });
    assertEquals(looks, 2);
  },
);

testWith(["net"], "checkStep() never gives up if it is to continue indefinitely", async () => {
  using _time = skipTime();
  await using fake = startFakeBackends();
  const states: (string | undefined)[] = [];
  const outcomes = await checkStep(step(["a", ARRIVES, 0]), contextOf(fake, { startedAt: 0 }), {
    isEndless: true,
    onProgress([outcome]) {
      states.push(outcome?.state);
      if (states.length === 2) fake.spans.push(told({ service: SHOP }));
    },
  });
  assert(isPassed(outcomes));
  assertEquals(states, ["waiting", "waiting", "passed"]);
  const end = new AbortController();
  let looks = 0;
  const ended = await checkStep(step(["b", { ...ARRIVES, service: "other" }]), contextOf(fake), {
    isEndless: true,
    signal: end.signal,
    onProgress: () => ++looks === 2 && end.abort(),
  });
  assertEquals([ended[0]?.state, looks], ["failed", 3]);
});

testWith(
  ["net"],
  "checkStep() takes the time that absence needs even for a single check",
  async () => {
    using _time = skipTime();
    await using fake = startFakeBackends();
    const isFree: Check = { kind: "port", port: freePort(), is: "free" };
    const once = { maxPatienceMillis: 0 };
    const passed = await checkStep(step(["port", isFree], ["no", ABSENT]), contextOf(fake), once);
    assert(isPassed(passed), JSON.stringify(passed));
    const start = Date.now();
    await checkStep(
      step(["port", { ...isFree, is: "open" }], ["no", ABSENT]),
      contextOf(fake),
      once,
    );
    assertEquals(Date.now() - start, 0, "nothing to wait for where the rest is not met");
  },
);

testWith(["net"], "checkStep() concludes that nothing came once its own span did", async () => {
  using _time = skipTime();
  await using fake = startFakeBackends();
  let sent: readonly Outcome[] = [];
  const outcomes = await checkStep(
    step(["nothing", ABSENT], ["port", { kind: "port", port: freePort(), is: "free" }]),
    contextOf(fake),
    { onProgress: (outcomes) => sent = outcomes },
  );
  const [nothing] = outcomes;
  assert(isPassed(outcomes), JSON.stringify(outcomes));
  assertEquals(outcomes.map(({ id }) => id), ["nothing", "port"], "the order of the step");
  assertEquals(nothing?.evidence?.traceId, fake.spans[0]?.traceId);
  assertEquals(sent.length, 2);
});

testWith(
  ["net"],
  "checkStep() does not conclude that nothing came if its own span does not come",
  async () => {
    using _time = skipTime();
    await using fake = startFakeBackends();
    fake.isKeeping = false;
    const [outcome] = await checkStep(step(["nothing", ABSENT, 7000]), contextOf(fake));
    assertEquals([outcome?.state, outcome?.reason], ["failed", "no-canary"]);
    assertMatch(
      outcome?.found ?? "",
      /^the guide's test span \(trace \w{32}\) hasn't arrived either$/,
    );
  },
);

testWith(["net"], "checkStep() fails immediately if something came that should not", async () => {
  using _time = skipTime();
  await using fake = startFakeBackends();
  fake.spans.push(told({ service: SHOP }));
  const start = Date.now();
  const context = contextOf(fake, { startedAt: start - 1000 });
  const [outcome] = await checkStep(step(["nothing", ABSENT]), context);
  assertEquals([outcome?.state, outcome?.reason], ["failed", "present"]);
  assertEquals(Date.now() - start, 0);
});

testIf(
  needsServers("collector", "jaeger"),
  ["net", "env", "read", "write", "run"],
  "checkStep() finds a canary sent through a real Collector in a real Jaeger",
  async () => {
    await withFolder(async (folder) => {
      await using jaeger = await startJaeger(folder);
      await using collector = await startCollector({
        config: demoFile("otel-collector-config.yaml"),
        env: { JAEGER_OTLP_ENDPOINT: `127.0.0.1:${jaeger.ports.grpc}` },
        overrides: { exporters: { zipkin: { endpoint: closedUrl() } } },
      });
      const { http, health_check, metrics } = collector.ports;
      const backends = {
        ...EXTERNAL_BACKENDS,
        otlpHttpUrl: `http://127.0.0.1:${http}`,
        healthUrl: `http://127.0.0.1:${health_check}`,
        ownMetricsUrl: `http://127.0.0.1:${metrics}/metrics`,
        jaegerUrl: `http://127.0.0.1:${jaeger.ports.query}`,
      };
      // The batch that could be in flight takes no time; only the canary's own delivery does.
      using _time = skipTime();
      const outcomes = await checkStep(
        step(
          ["nothing", ABSENT, A_DAY_MS],
          ["well", { kind: "collector", health: true }],
        ),
        contextOf({ backends }),
      );
      assert(isPassed(outcomes), JSON.stringify(outcomes));
      const [counted] = await checkStep(
        step(["counted", { kind: "collector", accepted: "spans", grew: true }, A_DAY_MS]),
        contextOf({ backends }, { readings: { counted: {} } }),
      );
      assertEquals(counted?.state, "passed", "the canary is counted");
      await collector.stop("SIGKILL");
      await jaeger.stop("SIGKILL");
    });
  },
);
