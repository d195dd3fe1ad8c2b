import { assert, assertEquals, assertMatch } from "@std/assert";
import { VisibleSpanExporter } from "../../lib/telemetry/traces/console_span_exporter.ts";
import { VisibleLogRecordExporter } from "../../lib/telemetry/logs/console_log_record_exporter.ts";
import { VisibleMetricExporter } from "../../lib/telemetry/metrics/console_metric_exporter.ts";
import { guardOutput } from "../../lib/cli/output.ts";
import { encodeExportResponse } from "../../lib/otlp/export_response.ts";
import { visible } from "../../lib/unsafe_text.ts";
import { ANY_PORTS, postSpan } from "../helpers/collector_program.ts";
import { courseFile, stepFile } from "../helpers/course.ts";
import { skipTime } from "../helpers/fake_time.ts";
import { withFolder } from "../helpers/folder.ts";
import { testWith } from "../helpers/needs.ts";
import { encodeRequest, encodeSpan } from "../helpers/otlp_proto.ts";
import { startQueryCollector } from "../helpers/query_collector.ts";
import { within } from "../helpers/patience.ts";
import { startGrpcReceiver, startHttpReceiver } from "../helpers/receiver.ts";
import { runHereUntil, runHereWith } from "../helpers/run_here.ts";
import { startFakeBackends, told } from "../helpers/workshop_backends.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;

/**
 * C0, C1, and DEL, and characters that change the text direction, break lines, are invisible, or are
 * unassigned.
 */
const HOSTILE = "\x1b[31mred\x1b]0;t\x07\r\n\x9b2J\x7f\u202egnp.exe\u2028\u200b\ue000\u{e0001}";

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

/** Checks that the only control characters in a text for the terminal are line ends and tabs. */
function assertHarmless(text: string, what: string): void {
  const found = UNSAFE.exec(text.replaceAll(/[\n\t]/g, ""));
  assertEquals(found?.[0].codePointAt(0)?.toString(16), undefined, `${what}: ${visible(text)}`);
}

async function runHarmless(...args: string[]) {
  const ran = await runHereUntil(new AbortController().signal, ...args);
  assertHarmless(ran.data, `${args[0]} on standard output`);
  assertHarmless(ran.status, `${args[0]} on standard error`);
  return ran;
}

/** A server that gives the same answer to every request. */
function startServer(answer: () => Response) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  return {
    port: String(server.addr.port),
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const value = { stringValue: HOSTILE };

const TRACE_ID = "07".repeat(16);

const HOSTILE_SPAN = {
  traceId: new Uint8Array(16).fill(7),
  attributes: [{ key: HOSTILE, value }],
  status: { code: 2, message: HOSTILE },
  events: [
    { name: HOSTILE, attributes: [{ key: HOSTILE, value }] },
    {
      name: "exception",
      attributes: ["exception.type", "exception.message", "exception.stacktrace"]
        .map((key) => ({ key, value })),
    },
  ],
};

const HOSTILE_LOG = encodeRequest("logs", {
  resourceLogs: [{
    resource: { attributes: [{ key: "service.name", value }] },
    scopeLogs: [{
      logRecords: [{
        timeUnixNano: `${Date.now()}000000`,
        severityText: HOSTILE,
        body: value,
      }],
    }],
  }],
});

testWith(NEEDS, "traces and tail print hostile telemetry as harmless text", async () => {
  await using collector = await startQueryCollector();
  await postSpan(collector.otlpUrl, encodeSpan(HOSTILE, HOSTILE_SPAN));
  const ask = ["--ui-url", collector.url];
  const { data } = await runHarmless("traces", ...ask);
  assertMatch(data, /\\x1b\[31mred/);
  await runHarmless("traces", TRACE_ID, ...ask);
  const json = await runHarmless("traces", TRACE_ID, "--json", ...ask);
  const { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] } = JSON.parse(json.data);
  assertEquals([span.name, span.attributes[0].key], [HOSTILE, HOSTILE]);

  for (const flags of [[], ["--json"]]) {
    const stop = new AbortController();
    const { code, data, status } = await tailOnce(["tail", ...flags, ...ask], stop, async () => {
      await postSpan(collector.otlpUrl, encodeSpan(HOSTILE, HOSTILE_SPAN));
      await fetch(`${collector.otlpUrl}/v1/logs`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body: HOSTILE_LOG,
      }).then((response) => response.body?.cancel());
    });
    assertEquals(code, 0);
    assertHarmless(data + status, "tail");
    if (flags.length > 0) {
      const log = data.split("\n").map((line) => JSON.parse(line).log).find(Boolean);
      assertEquals([log.severityText, log.body], [HOSTILE, value]);
    }
  }
});

/** Runs tail until it has printed a log record. */
function tailOnce(args: string[], stop: AbortController, send: () => Promise<void>) {
  return runHereWith({
    stop: stop.signal,
    onStatus: () => void send(),
    onData: (line) => (line.includes('"log"') || line.includes("  (")) && stop.abort(),
  }, ...args);
}

testWith(NEEDS, "errors quote hostile servers as harmless text", async () => {
  const headers = { server: "otel-kit/1", "content-type": "application/json" };
  for (const status of [400, 404, 500]) {
    await using server = startServer(() => Response.json({ error: HOSTILE }, { status, headers }));
    for (const command of [["traces"], ["traces", TRACE_ID], ["tail"], ["compare", "/"]]) {
      const { code } = await runHarmless(...command, "--ui-url", server.url);
      assertEquals(code, 1, command.join(" "));
    }
  }
  await using other = startServer(() => new Response(HOSTILE));
  assertEquals((await runHarmless("traces", "--ui-url", other.url)).code, 1);
});

testWith(NEEDS, "doctor quotes hostile servers as harmless text", async () => {
  await using http = startHttpReceiver({
    answer: () => ({ status: 400, body: HOSTILE, headers: { "content-type": "text/plain" } }),
  });
  await using grpc = startGrpcReceiver({
    answer: () => ({ grpcStatus: 3, grpcMessage: encodeURIComponent(HOSTILE) }),
  });
  for (const [url, protocol] of [[http.url, "http/protobuf"], [grpc.url, "grpc"]]) {
    for (const flags of [[], ["--json"]]) {
      const endpoint = ["--endpoint", url!, "--protocol", protocol!];
      const { code, data } = await runHarmless("doctor", ...endpoint, ...flags);
      assertEquals(code, 1);
      assertMatch(data, /red/);
    }
  }
});

testWith(NEEDS, "load and fault print a hostile app's answers as harmless text", async () => {
  const reply = { isRight: true, says: [HOSTILE], explanation: [HOSTILE], tries: 1 };
  await using app = startServer(() => Response.json(reply, { status: 500 }));
  await runHarmless("load", app.url, "--rate", "5", "--duration", "1s");
  const answer = ["fault", "answer", "--kind", "slow-route", "--port", app.port];
  for (const flags of [[], ["--json"]]) {
    assertMatch((await runHarmless(...answer, ...flags)).data, /gnp\.exe/);
  }
});

testWith(NEEDS, "usage errors quote arguments as harmless text", async () => {
  for (const args of [[HOSTILE], ["traces", HOSTILE], ["diff", HOSTILE], ["load", HOSTILE]]) {
    const { code } = await runHarmless(...args);
    assertEquals(code, 2);
  }
});

Deno.test("guardOutput() leaves JSON, line ends, and tabs unchanged", () => {
  const lines: string[] = [];
  const { data } = guardOutput({
    data: (line) => lines.push(line) > 0,
    status: () => {},
  });
  data(JSON.stringify({ [HOSTILE]: HOSTILE }, null, 2));
  data("a\tb\nc");
  const [json = "", plain] = lines;
  assertHarmless(json, "JSON");
  assertEquals(JSON.parse(json), { [HOSTILE]: HOSTILE });
  assertEquals(plain, "a\tb\nc");
});

testWith(
  [...NEEDS, "write"],
  "guide shows hostile backends' answers as harmless text",
  async () => {
    using _time = skipTime();
    await withFolder(async (folder) => {
      const course = [
        courseFile({ title: HOSTILE }),
        stepFile("01-see.yaml", {
          conditions: [{
            id: "arrives",
            says: "A span arrives",
            within: "100ms",
            trace: { service: "shop", name: "wanted" },
          }],
        }),
        stepFile("02-count.yaml", {
          conditions: [{ id: "counts", says: "It counts", within: "100ms", metric: { name: "m" } }],
        }),
      ];
      for (const { name, text } of course) await Deno.writeTextFile(`${folder}/${name}`, text);
      await using app = startServer(() => new Response(HOSTILE, { status: 500 }));
      await using fake = startFakeBackends();
      fake.spans.push(
        told({ service: HOSTILE, name: HOSTILE }),
        told({ service: "shop", name: HOSTILE }),
      );
      fake.series.push({ metric: { __name__: "m", job: HOSTILE }, value: 0 });
      const url = fake.backends.jaegerUrl;
      await using other = startServer(() => new Response(HOSTILE, { status: 503 }));
      let shown = "";
      for (const backend of [url, other.url]) {
        const flags = [
          ...["collector", "jaeger", "zipkin", "prometheus"].map((name) =>
            `--${name}-url=${backend}`
          ),
          `--collector-metrics-url=${backend}/metrics`,
          `--app-url=${app.url}`,
          `--course=${folder}`,
          `--progress=${folder}/progress.json`,
        ];
        const words = [
          [],
          ["list"],
          ["check"],
          ["check", "02-count"],
          ["check", "--all"],
          ["show"],
          [
            "summary",
          ],
        ];
        for (const word of words) {
          for (const json of [[], ["--json"]]) {
            const { data, status } = await runHarmless("guide", ...word, ...json, ...flags);
            shown += data + status;
          }
        }
      }
    });
  },
);

testWith([...NEEDS, "write"], "diff shows a hostile file as harmless text", async () => {
  await withFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/manual.ts`, `const a = "${HOSTILE}";\n`);
    for (const flags of [[], ["--plain"], ["--json"]]) {
      const { data, status } = await runHarmless("diff", "manual", "--dir", dir, ...flags);
      if (!flags.includes("--json")) assertMatch(data + status, /gnp\.exe/);
      await runHarmless("diff", "manual", "--dir", `${dir}${HOSTILE}`, ...flags);
    }
  });
});

testWith(
  [...NEEDS, "write"],
  "collector reports hostile senders and targets as harmless text",
  async () => {
    const partial = encodeExportResponse("traces", { rejected: 1, message: HOSTILE }, "protobuf");
    const answers = [
      () => new Response(HOSTILE, { status: 400, headers: { "content-type": "text/plain" } }),
      () => new Response(partial, { headers: { "content-type": "application/x-protobuf" } }),
    ];
    for (const answer of answers) {
      await using target = startServer(answer);
      const stop = new AbortController();
      const listening = Promise.withResolvers<string>();
      const isTold = Promise.withResolvers<void>();
      const running = runHereWith(
        {
          stop: stop.signal,
          onStatus(line) {
            const url = /OTLP\/HTTP +(\S+)/.exec(line)?.[1];
            if (url) listening.resolve(url);
            if (line.includes("forward") && line.includes("red")) isTold.resolve();
          },
        },
        "collector",
        ...ANY_PORTS,
        "--forward",
        target.url,
      );
      const url = await within(listening.promise, "the collector");
      const send = async (path: string, type: string, bytes: BodyInit) => {
        const response = await fetch(`${url}${path}`, {
          method: "POST",
          headers: { "content-type": type, "user-agent": "evil" },
          body: bytes,
        });
        await response.body?.cancel();
      };
      await send("/v1/traces", "application/json", HOSTILE);
      await send(`/${encodeURIComponent(HOSTILE)}`, `text/plain`, HOSTILE);
      await postSpan(url, encodeSpan(HOSTILE, HOSTILE_SPAN));
      await within(isTold.promise, "the report of forwarding");
      stop.abort();
      const { data, status } = await running;
      assertHarmless(data + status, "collector");
      assertMatch(status, /red/);
    }
  },
);

Deno.test("the console exporter prints hostile spans as harmless text", async () => {
  const { BasicTracerProvider, SimpleSpanProcessor } = await import(
    "@opentelemetry/sdk-trace-base"
  );
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  const shown: string[] = [];
  class Exporter extends VisibleSpanExporter {
    override export(...[spans, done]: Parameters<VisibleSpanExporter["export"]>) {
      const printer = globalThis.console;
      const { dir } = printer;
      printer.dir = (value, options) => void shown.push(Deno.inspect(value, options));
      try {
        super.export(spans, done);
      } finally {
        printer.dir = dir;
      }
    }
  }
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ [HOSTILE]: HOSTILE }),
    spanProcessors: [new SimpleSpanProcessor(new Exporter())],
  });
  const span = provider.getTracer(HOSTILE, HOSTILE).startSpan(HOSTILE);
  span.setAttribute(HOSTILE, [HOSTILE]).addEvent(HOSTILE, { [HOSTILE]: HOSTILE });
  span.setStatus({ code: 2, message: HOSTILE }).end();
  await provider.shutdown();
  assert(shown.length > 0);
  assertHarmless(shown.join("\n"), "the console exporter");
  assertMatch(shown.join("\n"), /gnp\.exe/);
});

Deno.test("the console exporters print hostile metrics and logs as harmless text", async () => {
  const { MeterProvider, PeriodicExportingMetricReader } = await import(
    "@opentelemetry/sdk-metrics"
  );
  const { LoggerProvider, SimpleLogRecordProcessor } = await import("@opentelemetry/sdk-logs");
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  const resource = resourceFromAttributes({ [HOSTILE]: HOSTILE });
  const attributes = { [HOSTILE]: HOSTILE };
  const shown: string[] = [];
  const printer = globalThis.console;
  const { dir } = printer;
  printer.dir = (value, options) => void shown.push(Deno.inspect(value, options));
  try {
    const meters = new MeterProvider({
      resource,
      readers: [new PeriodicExportingMetricReader({ exporter: new VisibleMetricExporter() })],
    });
    meters.getMeter(HOSTILE, HOSTILE)
      .createCounter("requests", { description: HOSTILE, unit: HOSTILE }).add(1, attributes);
    await meters.shutdown();
    const logs = new LoggerProvider({
      resource,
      processors: [new SimpleLogRecordProcessor({ exporter: new VisibleLogRecordExporter() })],
    });
    logs.getLogger(HOSTILE, HOSTILE).emit({
      body: { [HOSTILE]: [HOSTILE] },
      eventName: HOSTILE,
      severityText: HOSTILE,
      attributes,
    });
    await logs.shutdown();
  } finally {
    printer.dir = dir;
  }
  assert(shown.length > 1);
  assertHarmless(shown.join("\n"), "the console exporters");
  assertMatch(shown.join("\n"), /gnp\.exe[^]*gnp\.exe/);
});
