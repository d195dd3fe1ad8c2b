import { assert, assertEquals, assertMatch } from "@std/assert";
import { VisibleSpanExporter } from "../../lib/telemetry/traces/console_span_exporter.ts";
import { guardOutput } from "../../lib/cli/output.ts";
import { visible } from "../../lib/unsafe_text.ts";
import { postSpan } from "../helpers/collector_program.ts";
import { testWith } from "../helpers/needs.ts";
import { encodeRequest, encodeSpan } from "../helpers/otlp_proto.ts";
import { startQueryCollector } from "../helpers/query_collector.ts";
import { startGrpcReceiver, startHttpReceiver } from "../helpers/receiver.ts";
import { runHereUntil, runHereWith } from "../helpers/run_here.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;

/** C0, C1, DEL, and what turns the direction of writing, splits lines, is not seen, or is nothing. */
const HOSTILE = "\x1b[31mred\x1b]0;t\x07\r\n\x9b2J\x7f\u202egnp.exe\u2028\u200b\ue000\u{e0001}";

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

/** A text that reached the terminal has line ends and tabs of ours, and nothing else. */
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

/** A server that says the same to everything. */
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
    scopeLogs: [{ logRecords: [{ timeUnixNano: "1", severityText: HOSTILE, body: value }] }],
  }],
});

testWith(NEEDS, "traces and tail write hostile telemetry as harmless text", async () => {
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

/** Runs tail until it has shown a log record. */
function tailOnce(args: string[], stop: AbortController, send: () => Promise<void>) {
  return runHereWith({
    stop: stop.signal,
    onStatus: () => void send(),
    onData: (line) => (line.includes('"log"') || line.includes("  (")) && stop.abort(),
  }, ...args);
}

testWith(NEEDS, "errors quote what hostile servers say as harmless text", async () => {
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

testWith(NEEDS, "doctor quotes what hostile servers say as harmless text", async () => {
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

testWith(NEEDS, "load and fault write what a hostile app says as harmless text", async () => {
  const reply = { isRight: true, says: [HOSTILE], explanation: [HOSTILE], wrongAnswers: 0 };
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

Deno.test("guardOutput() keeps JSON the same, line ends and tabs too", () => {
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

Deno.test("the console exporter writes hostile spans as harmless text", async () => {
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
