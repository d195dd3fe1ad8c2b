import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { withCollector } from "../../helpers/collector_program.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeRequest, encodeSpan, type ReceivedSignal } from "../../helpers/otlp_proto.ts";
import { runProgram, withRunning } from "../../helpers/program.ts";
import { widthOf } from "../../../lib/cli/terminal/text.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;

const HOSTILE = "\x1b[31mred\u202e";

const RESOURCE = { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] };

async function post(httpUrl: string, signal: ReceivedSignal, body: Uint8Array<ArrayBuffer>) {
  const headers = { "content-type": "application/x-protobuf" };
  const response = await fetch(`${httpUrl}/v1/${signal}`, { method: "POST", headers, body });
  await response.body?.cancel();
  assertEquals(response.status, 200);
}

function encodeLog(text: string, severityNumber: number): Uint8Array<ArrayBuffer> {
  const record = {
    timeUnixNano: `${Date.now()}000000`,
    severityNumber,
    body: { stringValue: text },
  };
  const scopeLogs = [{ logRecords: [record] }];
  return encodeRequest("logs", { resourceLogs: [{ resource: RESOURCE, scopeLogs }] });
}

function encodeGauge(name: string, asDouble: number): Uint8Array<ArrayBuffer> {
  const dataPoints = [{ timeUnixNano: `${Date.now()}000000`, asDouble }];
  const metrics = [{ name, unit: "By", gauge: { dataPoints } }];
  return encodeRequest("metrics", {
    resourceMetrics: [{ resource: RESOURCE, scopeMetrics: [{ metrics }] }],
  });
}

/** No line is wider than the terminal, or has what a terminal acts on. */
function assertFits(stdout: string): void {
  for (const line of stdout.split("\n")) {
    assert(widthOf(line) <= 80, line);
    assert(!/[\p{Cc}\p{Cf}]/u.test(line), JSON.stringify(line));
  }
}

testWith(NEEDS, "services lists routes with their latency, and JSON lines", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const ask = ["services", "--ui-url", uiUrl];
    assertMatch((await runProgram(ask)).stderr, /No service has sent spans/);
    await post(httpUrl, "traces", encodeSpan("GET /orders"));
    await post(httpUrl, "traces", encodeSpan(HOSTILE, { status: { code: 2 } }));
    const { code, stdout } = await runProgram(ask);
    assertEquals(code, 0);
    assertMatch(stdout, /^shop {2}2 spans, 1 with errors\n/);
    assertMatch(stdout, /^ {2}GET \/orders +1 +0 +5\.00 ms +5\.00 ms +5\.00 ms$/m);
    assertFits(stdout);
    const [line] = (await runProgram([...ask, "--json"])).stdout.split("\n");
    assertEquals(JSON.parse(line!).service.name, "shop");
    assertEquals((await runProgram([...ask, "--window", "15"])).code, 2);
  });
});

testWith(NEEDS, "logs filters records, and follows them", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const ask = ["logs", "--ui-url", uiUrl];
    await post(httpUrl, "logs", encodeLog("first", 9));
    await post(httpUrl, "logs", encodeLog(`second ${HOSTILE}`, 17));
    const { stdout } = await runProgram(ask);
    assertMatch(stdout, /first.*\n.*second/);
    assertFits(stdout);
    const errors = await runProgram([...ask, "--severity", "error", "--json"]);
    assertEquals(errors.stdout.trim().split("\n").length, 1);
    assertEquals(
      (await runProgram([...ask, "--text", "FIRST"])).stdout.trim().split("\n").length,
      1,
    );
    assertEquals((await runProgram([...ask, "--since", "2099-01-01"])).stdout, "");
    assertEquals((await runProgram([...ask, "--limit", "1"])).stdout.includes("first"), false);
    for (const wrong of [["--limit", "0"], ["--trace", "xyz"], ["--severity", "loud"]]) {
      assertEquals((await runProgram([...ask, ...wrong])).code, 2, wrong.join(" "));
    }
    await withRunning([...ask, "--follow"], {}, async (program) => {
      await program.waitFor("stdout", "second");
      await post(httpUrl, "logs", encodeLog("third", 9));
      await program.waitFor("stdout", "third");
    });
  });
});

testWith(NEEDS, "metrics lists names, and evaluates PromQL", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const ask = ["metrics", "--ui-url", uiUrl];
    await post(httpUrl, "metrics", encodeGauge("queue.size", 42));
    await post(httpUrl, "metrics", encodeGauge(`other.${HOSTILE}`, 1));
    const all = await runProgram(ask);
    assertMatch(all.stdout, /^queue\.size +gauge +By +shop$/m);
    assertFits(all.stdout);
    const some = await runProgram([...ask, "QUEUE"]);
    assertEquals([some.stdout.trim().split("\n").length, some.stderr], [1, "1 of 2 metrics\n"]);
    const value = await runProgram([...ask, "--query", "queue_size_bytes"]);
    assertMatch(value.stdout, /^42 {2}\{.*job="shop"/);
    assertEquals((await runProgram([...ask, "--query", "1 + 1"])).stdout, "2\n");
    const wrong = await runProgram([...ask, "--query", "sum("]);
    assertEquals(wrong.code, 1);
    assertStringIncludes(wrong.stderr, "Cannot read the query");
    assertEquals((await runProgram([...ask, "a", "b"])).code, 2);
  });
});
