import { assert, assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../helpers/needs.ts";
import { runProgram, sourcesThatRun, withApp } from "../../helpers/program.ts";
import { startGrpcReceiver, startHttpReceiver } from "../../helpers/receiver.ts";

const NEEDS = ["net", "env", "read", "run"] as const;
const STOPS = [...NEEDS, "signals"] as const;

testWith(STOPS, "auto sends all three signals, and the log record is in the trace", async () => {
  await using receiver = startHttpReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  await withApp(["auto"], { env }, async ({ url, stop }) => {
    await (await fetch(`${url}/error`)).text();
    const { stderr } = await stop();
    assertMatch(stderr, /RangeError: Division by zero/);
    assertMatch(
      stderr,
      /Sent 1 of 1 spans to \S+\nSent 2 of 2 data points to \S+\nSent 1 of 1 log/,
    );
  });
  const [span] = receiver.spans;
  const [record] = receiver.logRecords;
  assertEquals(record?.traceId, span?.traceId);
  assertEquals(record?.spanId, span?.spanId);
  assertEquals(record?.severityText, "ERROR");
  assertEquals(record?.attributes["exception.message"], "Division by zero");
  const duration = receiver.metrics.find(({ name }) => name === "http.server.request.duration");
  assertEquals([duration?.unit, duration?.dataPoints[0]?.count], ["s", 1]);
  assertEquals(duration?.dataPoints[0]?.attributes["http.route"], "/error");
  const active = receiver.metrics.find(({ name }) => name === "http.server.active_requests");
  assertEquals(active?.dataPoints[0]?.value, 0);
});

testWith(STOPS, "auto traces each request, however often metrics are exported", async () => {
  await using receiver = startHttpReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_METRIC_EXPORT_INTERVAL: "50" };
  const rounds = 5;
  await withApp(["auto"], { env }, async ({ url, stop }) => {
    for (let round = 1; round <= rounds; round++) {
      await (await fetch(`${url}/error`)).text();
      const exports = receiver.metrics.length;
      await receiver.waitUntil(
        ({ metrics }) => metrics.length > exports,
        "another export of metrics",
      );
    }
    await stop();
  });
  assertEquals(receiver.spans.map(({ parentSpanId }) => parentSpanId), Array(rounds).fill(""));
  assertEquals(new Set(receiver.spans.map(({ traceId }) => traceId)).size, rounds);
  assertEquals(
    receiver.logRecords.map(({ spanId }) => spanId),
    receiver.spans.map(({ spanId }) => spanId),
  );
});

testWith(STOPS, "auto disables the given instrumentations", async () => {
  await using receiver = startHttpReceiver();
  const flags = ["--endpoint", receiver.url, "--disabled-instrumentations", "console"];
  await withApp(["auto", ...flags], {}, async ({ url, stop }) => {
    await (await fetch(`${url}/error`)).text();
    await stop();
  });
  assertEquals([receiver.spans.length, receiver.logRecords.length], [1, 0]);
});

testWith(
  NEEDS,
  "flags can be abbreviated, and an ambiguous one lists the candidates",
  async () => {
    const short = await runProgram(["auto", "--traces_exp", "console", "--dry-run"]);
    assertEquals(short.code, 0);
    assertMatch(short.stderr, /spans go to {3}console\n/);
    assertMatch(short.stderr, /Nothing was started/);
    const ambiguous = await runProgram(["auto", "--traces", "console"]);
    assertEquals(ambiguous.code, 2);
    assertMatch(
      ambiguous.stderr,
      /--traces: it could be --traces-exporter, --traces-sampler, --traces-sampler-arg\n/,
    );
  },
);

testWith(NEEDS, "--strict rejects an invalid variable, which is otherwise a warning", async () => {
  const env = { OTEL_METRIC_EXPORT_INTERVAL: "often" };
  const lenient = await runProgram(["auto", "--dry-run"], { env });
  assertEquals(lenient.code, 0);
  assertMatch(lenient.stderr, /Warning: Ignoring OTEL_METRIC_EXPORT_INTERVAL "often"/);
  const strict = await runProgram(["auto", "--dry-run", "--strict"], { env });
  assertEquals(strict.code, 2);
  assertMatch(strict.stderr, /Cannot use OTEL_METRIC_EXPORT_INTERVAL "often": expected an integer/);
});

testWith(NEEDS, "settings without effect are reported once", async () => {
  const python = await runProgram(["auto", "--distro", "x", "-e", "OTEL_NOSUCH=1", "--dry-run"]);
  assertEquals(python.stderr.match(/--distro: no effect here/g)?.length, 1);
  assertEquals(python.stderr.match(/--env OTEL_NOSUCH: no effect here/g)?.length, 1);
  const manual = await runProgram(
    ["serve", "--mode", "manual", "--dry-run", "--metrics-exporter", "console"],
    { env: { OTEL_BLRP_SCHEDULE_DELAY: "5" } },
  );
  assertMatch(manual.stderr, /--metrics-exporter, OTEL_BLRP_SCHEDULE_DELAY: no effect here/);
});

testWith(NEEDS, "a dry run and --strict check the files that variables refer to", async () => {
  const env = { OTEL_EXPORTER_OTLP_CERTIFICATE: "/nowhere.pem" };
  const problem = 'OTEL_EXPORTER_OTLP_CERTIFICATE "/nowhere.pem": there is no such file';
  for (const command of [[], ["--", "sh"]]) {
    const dry = await runProgram(["auto", "--dry-run", ...command], { env });
    assertEquals([dry.code, dry.stderr.includes(`Warning: Cannot use ${problem}`)], [0, true]);
    const strict = await runProgram(["auto", "--strict", "--dry-run", ...command], { env });
    assertEquals([strict.code, strict.stderr.includes(`Cannot use ${problem}`)], [2, true]);
  }
});

testWith(NEEDS, "auto has short flags, and prints its version", async () => {
  const short = ["-n", "-t", "console", "-m", "none", "-l", "none", "-s", "shop"];
  const { code, stderr } = await runProgram(["auto", ...short]);
  assertEquals(code, 0);
  assertMatch(stderr, /service\.name {2}shop\n {2}spans go to {3}console\n {2}metrics +nowhere/);
  const version = await runProgram(["auto", "--version"]);
  assertMatch(version.stdout, /^otel-kit auto \d+\.\d+\.\d+\n$/);
});

testWith(NEEDS, "a flag for our own app is reported if a command is run", async () => {
  const { code, stderr } = await runProgram(["auto", "--port", "80", "--dry-run", "sh", "-c", ":"]);
  assertEquals(code, 0);
  assertMatch(stderr, /Warning: --port: no effect on a command/);
  assertMatch(stderr, /Would run "sh" with the settings in its environment\n/);
  assertMatch(stderr, / command line +sh -c :\n/);
});

testWith(NEEDS, "--print-config --json shows values and origins, and no secrets", async () => {
  const { stdout, code } = await runProgram(
    ["auto", "--print-config", "--json", "--service-name", "shop"],
    { env: { OTEL_EXPORTER_OTLP_HEADERS: "a=s3cr3t" } },
  );
  assertEquals(code, 0);
  const rows: { variable: string; origin: string; value: string }[] = JSON.parse(stdout);
  const row = (name: string) => rows.find(({ variable }) => variable === name);
  assertEquals(row("OTEL_SERVICE_NAME"), {
    variable: "OTEL_SERVICE_NAME",
    origin: "flag",
    value: "shop",
  });
  assertEquals(row("OTEL_EXPORTER_OTLP_HEADERS")?.value, "***");
  assert(!stdout.includes("s3cr3t"));
});

testWith(
  [...NEEDS, "write"],
  "a configuration file takes effect, and the settings that it overrides are reported",
  async () => {
    await using receiver = startHttpReceiver();
    const path = await Deno.makeTempFile({ suffix: ".yaml" });
    try {
      await Deno.writeTextFile(
        path,
        `file_format: "1.0"
resource:
  attributes:
    - name: service.name
      value: \${env:SHOP:-filed}
tracer_provider:
  processors:
    - batch:
        schedule_delay: 10
        exporter:
          otlp_http:
            endpoint: ${receiver.url}/v1/traces
`,
      );
      const flags = ["--config-file", path, "--bsp-schedule-delay", "5"];
      await withApp(["auto", ...flags], {}, async ({ url, stderr }) => {
        assertMatch(
          stderr,
          /--bsp-schedule-delay: no effect; the configuration file counts instead/,
        );
        await (await fetch(url)).text();
        const [span] = await receiver.waitForSpans(1);
        assertEquals(span?.resource["service.name"], "filed");
      });
      const old = await runProgram(["auto", "--dry-run"], {
        env: { OTEL_EXPERIMENTAL_CONFIG_FILE: path },
      });
      assertMatch(
        old.stderr,
        /OTEL_EXPERIMENTAL_CONFIG_FILE is the old name: use OTEL_CONFIG_FILE/,
      );
      const both = await runProgram(["auto", "--dry-run"], {
        env: { OTEL_CONFIG_FILE: path, OTEL_EXPERIMENTAL_CONFIG_FILE: "/nowhere" },
      });
      assertEquals(both.code, 0);
      assertMatch(both.stderr, /OTEL_EXPERIMENTAL_CONFIG_FILE: no effect; the configuration file/);

      await Deno.writeTextFile(path, 'file_format: "1.0"\nresource: 5\n');
      const { code, stderr } = await runProgram(["auto", "--config-file", path]);
      assertEquals(code, 2);
      assertMatch(stderr, /:2:\d+: \/resource: must be object/);
    } finally {
      await Deno.remove(path);
    }
  },
);

testWith(
  [...NEEDS, "shell"],
  "a command sees the settings: flag before variable, unknown values too",
  async () => {
    const { code, stdout, stderr } = await runProgram(
      [
        ...["auto", "--service_name", "flag", "-e", "OTEL_MINE=1"],
        ...[
          "--endpoint",
          "http://localhost:4317",
          "--",
          "sh",
          "-c",
          "env | grep OTEL_ | sort; exit 7",
        ],
      ],
      {
        launch: sourcesThatRun(),
        env: { OTEL_SERVICE_NAME: "variable", OTEL_TRACES_SAMPLER: "bogus" },
      },
    );
    assertEquals(code, 7);
    assertEquals(stdout.trim().split("\n"), [
      "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317",
      "OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
      "OTEL_MINE=1",
      "OTEL_SERVICE_NAME=flag",
      "OTEL_TRACES_SAMPLER=bogus",
    ]);
    assertMatch(stderr, /Passing on OTEL_TRACES_SAMPLER "bogus" as given/);
    assertMatch(stderr, /Running "sh" with the settings in its environment/);
  },
);

testWith(NEEDS, "a command that is missing or cannot be run is reported", async () => {
  for (
    const [command, code, reason] of [
      ["otel-kit-no-such-command", 127, /no such command on PATH/],
      ["./otel-kit-no-such-file", 127, /no such file/],
      ["/", 126, /is a folder/],
    ] as const
  ) {
    const finished = await runProgram(["auto", "--", command], { launch: sourcesThatRun() });
    assertEquals(finished.code, code);
    assertMatch(finished.stderr, reason);
    assert(!finished.stderr.includes("Running"));
  }
});

testWith(
  NEEDS,
  "the relay sends a Deno program's telemetry over gRPC, and also prints it",
  async () => {
    await using receiver = startGrpcReceiver();
    const program = 'console.log("from the program")';
    const { code, stdout, stderr } = await runProgram(
      [
        ...[
          "auto",
          "--endpoint",
          receiver.url,
          "--protocol",
          "grpc",
          "--logs-exporter",
          "otlp,console",
        ],
        ...["--", Deno.execPath(), "eval", program],
      ],
      { launch: sourcesThatRun() },
    );
    assertEquals(code, 0, stderr);
    assertMatch(stderr, /Relaying its telemetry: Deno /);
    assertMatch(stderr, /Sent 1 of 1 log records to http:\/\/localhost:\d+\n/);
    assertEquals(receiver.logRecords.map(({ body }) => body), ["from the program"]);
    assertMatch(stdout, /"body": "from the program"/);
  },
);

testWith(STOPS, "two programs on one machine do not interfere with each other", async () => {
  const env = { OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none" };
  await using one = startHttpReceiver();
  await using other = startHttpReceiver();
  await withApp(["auto", "--endpoint", one.url], { env }, async (first) => {
    await withApp(["auto", "--endpoint", other.url], { env }, async (second) => {
      await (await fetch(first.url)).text();
      await (await fetch(`${second.url}/error`)).text();
      await first.stop();
      await second.stop();
    });
  });
  assertEquals(one.spans.map(({ name }) => name), ["GET /"]);
  assertEquals(other.spans.map(({ name }) => name), ["GET /error"]);
});
