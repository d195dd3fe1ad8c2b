import { assertEquals, assertMatch } from "@std/assert";
import { checkBuild } from "../../lib/doctor/checks/build.ts";
import { checkClock } from "../../lib/doctor/checks/clock.ts";
import { checkConfiguration } from "../../lib/doctor/checks/configuration.ts";
import { checkConfigurationFile } from "../../lib/doctor/checks/configuration_file.ts";
import { checkEndpoints } from "../../lib/doctor/checks/endpoints.ts";
import { checkNames } from "../../lib/doctor/checks/names.ts";
import { checkPorts } from "../../lib/doctor/checks/ports.ts";
import { checkValues } from "../../lib/doctor/checks/values.ts";
import { readConfigurationSource } from "../../lib/doctor/configuration_source.ts";
import type { DoctorInput, Finding } from "../../lib/doctor/finding.ts";
import { stopTime } from "../helpers/fake_time.ts";
import { withFolder } from "../helpers/folder.ts";
import { testIf, testWith, WITH_PORT_5000 } from "../helpers/needs.ts";
import { holdPort, isFree } from "../helpers/ports.ts";
import { runProgram } from "../helpers/program.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";
import { assertRemedies, inputOf, remedyOf } from "./remedies.ts";

const A_DAY_MS = 86_400_000;
const API = Symbol.for("opentelemetry.js.api.1");

/** Names from other programs or earlier versions, and their names here. */
const OTHER_NAMES = {
  OTEL_NODE_DISABLED_INSTRUMENTATIONS: "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS",
  OTEL_NODE_RESOURCE_DETECTORS: "OTEL_EXPERIMENTAL_RESOURCE_DETECTORS",
  OTEL_EXPORTER_OTLP_SPAN_INSECURE: "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
  OTEL_EXPORTER_OTLP_METRIC_INSECURE: "OTEL_EXPORTER_OTLP_METRICS_INSECURE",
  OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT: "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
  OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT: "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
  OTEL_EXPORTER_JAEGER_ENDPOINT: "OTEL_EXPORTER_OTLP_ENDPOINT",
  OTEL_EXPORTER_JAEGER_AGENT_HOST: "OTEL_EXPORTER_OTLP_ENDPOINT",
};

/** The settings, the finding, and its remedy. */
type Row = [env: Record<string, string>, message: RegExp, wanted: RegExp];

function assertRows(check: (input: DoctorInput) => Finding[], rows: readonly Row[]): void {
  assertRemedies(rows.map(([env, message, wanted]) => ({
    trouble: JSON.stringify(env),
    remedy: remedyOf(check(inputOf(env)), message),
    wanted,
  })));
}

Deno.test("checkConfiguration() explains what to do if nothing is sent", () => {
  const nowhere = Object.fromEntries(
    ["TRACES", "METRICS", "LOGS"].map((signal) => [`OTEL_${signal}_EXPORTER`, "none"]),
  );
  assertRows(checkConfiguration, [
    [nowhere, /no signal has an exporter/, /^Give one an exporter$/],
    [{ OTEL_SDK_DISABLED: "true" }, /^Nothing is recorded/, /^Unset OTEL_SDK_DISABLED$/],
  ]);
});

Deno.test("checkNames() suggests the intended name", () => {
  assertRows(checkNames, [
    [{ OTEL_TRACE_EXPORTER: "otlp" }, /name is not known/, /^Use OTEL_TRACES_EXPORTER instead$/],
    [{ OTLP_LOGS_EXPORTER: "otlp" }, /name is not known/, /^Use OTEL_LOGS_EXPORTER instead$/],
    [{ OTEL_COMPLETELY_ELSE: "1" }, /name is not known/, /^Unset it, or look for its name/],
  ]);
  for (const [name, better] of Object.entries(OTHER_NAMES)) {
    const [finding] = checkNames(inputOf({ [name]: "1" }));
    assertEquals(finding!.remedy, `Use ${better} instead`, name);
  }
  const others = checkNames(inputOf({ OTEL_JAVA_DISABLED: "true" }));
  assertEquals(others.map(({ remedy }) => remedy), [undefined]);
});

Deno.test("checkValues() names the variable to correct", () => {
  assertRows(checkValues, [
    [{ OTEL_BSP_SCHEDULE_DELAY: "x" }, /^Ignoring/, /^Correct OTEL_BSP_SCHEDULE_DELAY, or unset/],
    [{ OTEL_TRACES_SAMPLER: "x" }, /^Ignoring/, /^Correct OTEL_TRACES_SAMPLER, or unset it/],
  ]);
});

testWith(
  ["read", "write"],
  "the checks of a configuration file explain what to change",
  async () => {
    await withFolder(async (folder) => {
      const path = `${folder}/sdk.yaml`;
      const inputWith = async (text: string, env: Record<string, string>) => {
        await Deno.writeTextFile(path, text);
        const input = inputOf(env);
        return { ...input, configurationFile: (await readConfigurationSource(input.reading))! };
      };
      const file = { OTEL_CONFIG_FILE: path };
      const old = { OTEL_EXPERIMENTAL_CONFIG_FILE: path };
      const good = 'file_format: "1.0"\n';
      const astray = `${good}tracer_provider:
  processors: [{ batch: { exporter: { otlp_http: { endpoint: "nowhere" } } } }]
`;
      const disabled = await inputWith(`${good}disabled: true\n`, file);
      const remedyIn = async (text: string, env: Record<string, string>, message: RegExp) =>
        remedyOf(checkConfigurationFile(await inputWith(text, env)), message);
      assertRemedies([
        {
          trouble: "an old name",
          remedy: await remedyIn(good, old, /is an old name/),
          wanted: /^Use OTEL_CONFIG_FILE instead$/,
        },
        {
          trouble: "a broken file",
          remedy: await remedyIn("disabled: 1\n", file, /file_format/),
          wanted: /^Correct the file, or unset OTEL_CONFIG_FILE$/,
        },
        {
          trouble: "a variable that is ignored",
          remedy: await remedyIn(good, { ...file, OTEL_SERVICE_NAME: "shop" }, /^Ignoring/),
          wanted: /^Write the value into the file, or refer to the variable there/,
        },
        {
          trouble: "an endpoint that is none",
          remedy: await remedyIn(
            astray,
            file,
            /:3:\d+: \/tracer.*endpoint: cannot send to "nowhere"/,
          ),
          wanted: /^Correct the file, or unset OTEL_CONFIG_FILE$/,
        },
        {
          trouble: "an SDK that is disabled",
          remedy: remedyOf(checkConfiguration(disabled), /^Nothing is recorded/),
          wanted: /^Remove disabled: true from the file$/,
        },
      ]);
    });
  },
);

testWith(["net", "env"], "checkEndpoints() and checkClock() explain what to change", async () => {
  using time = stopTime();
  const inputFor = (endpoint: string, env: Record<string, string> = {}) =>
    inputOf({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...env }, { offline: false });
  await using page = startHttpReceiver({
    answer: () => ({ body: "<!doctype html>", headers: { "content-type": "text/html" } }),
  });
  await using slow = startHttpReceiver({
    answer() {
      time.jump(10);
      return {};
    },
  });
  const yesterday = new Date(Date.now() - A_DAY_MS).toUTCString();
  await using late = startHttpReceiver({ answer: () => ({ headers: { date: yesterday } }) });
  const one = { OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none" };
  const isSlow = await checkEndpoints(
    inputFor(slow.url, { ...one, OTEL_EXPORTER_OTLP_TIMEOUT: "5" }),
  );
  assertRemedies([
    {
      trouble: "a web page",
      remedy: remedyOf(await checkEndpoints(inputFor(page.url)), /200 OK, but with a web page/),
      wanted: /^This is not an OTLP server: check host, port and path in --endpoint$/,
    },
    {
      trouble: "a slow answer",
      remedy: remedyOf(isSlow, /took \d+ ms/),
      wanted: /^Raise the time limit; it is in milliseconds/,
    },
    {
      trouble: "another time",
      remedy: remedyOf(await checkClock(inputFor(late.url)), /1440 minutes ahead/),
      wanted: /^Correct the clock that is wrong/,
    },
  ]);
});

testIf(WITH_PORT_5000, ["net", "env", "read", "run"], "checkPorts() names the flags", async () => {
  using _app = isFree(5000) ? Deno.listen({ hostname: "127.0.0.1", port: 5000 }) : undefined;
  using prometheus = holdPort();
  const env = {
    OTEL_METRICS_EXPORTER: "prometheus",
    OTEL_EXPORTER_PROMETHEUS_HOST: "127.0.0.1",
    OTEL_EXPORTER_PROMETHEUS_PORT: `${prometheus.number}`,
  };
  const elsewhere = { ...env, OTEL_EXPORTER_PROMETHEUS_HOST: "192.0.2.1" };
  const taken = await checkPorts(inputOf(env));
  assertRemedies([
    {
      trouble: "the app's port",
      remedy: remedyOf(taken, /^Port 5000 \(the app\) is taken/),
      wanted: /^(End it|Find the program: .*), or choose another with --port$/,
    },
    {
      trouble: "Prometheus' port",
      remedy: remedyOf(taken, /\(Prometheus\) is taken/),
      wanted: /^(End it|Find the program: .*), or choose another with --exporter-prometheus-port$/,
    },
    {
      trouble: "an address of another machine",
      remedy: remedyOf(await checkPorts(inputOf(elsewhere)), /^Cannot listen on 192\.0\.2\.1/),
      wanted: /^Choose an address of this machine and a port above 1023$/,
    },
  ]);
});

testIf(
  WITH_PORT_5000,
  ["net", "env", "read", "run"],
  "doctor explains how to find out what uses a port if it lacks the permission",
  async () => {
    using _app = isFree(5000) ? Deno.listen({ hostname: "127.0.0.1", port: 5000 }) : undefined;
    const { stdout } = await runProgram(["doctor", "--offline", "--json"]);
    const remedy = remedyOf(
      JSON.parse(stdout).findings,
      /^Port 5000 \(the app\) is taken by an unknown program/,
    );
    assertMatch(remedy ?? "", /^Find the program: (lsof|netstat) .*5000, or choose another with/);
  },
);

Deno.test("checkBuild() explains how to turn off Deno's own telemetry", () => {
  const api = Reflect.get(globalThis, API);
  Reflect.set(globalThis, API, { version: "1.999.999" });
  try {
    assertEquals(remedyOf(checkBuild(), /own telemetry is on/), "Unset OTEL_DENO");
  } finally {
    Reflect.set(globalThis, API, api);
  }
});
