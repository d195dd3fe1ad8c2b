import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { otlpTarget } from "../../../lib/telemetry/otlp/target.ts";
import { Activity } from "../../../lib/workshop/fault/activity.ts";
import { startGateway } from "../../../lib/workshop/fault/gateway.ts";
import { replaceConsole } from "../../helpers/console.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { within } from "../../helpers/patience.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { holdPort, isFree } from "../../helpers/ports.ts";

const ALWAYS = { afterMillis: 0, forMillis: Infinity };
const BODY = encodeSpan("root");

testWith(["net"], "startGateway() forwards requests and answers", async () => {
  await using receiver = startHttpReceiver({
    answer: ({ headers }) =>
      headers["x-tenant"] === "tea" ? {} : {
        status: 429,
        headers: { "retry-after": "7", "content-type": "text/plain" },
        body: "no",
      },
  });
  const gateway = startGateway({
    target: targetOf(`${receiver.url}/v1/traces`),
    activity: new Activity(ALWAYS),
    onUnreachable: unexpected,
  });
  assertEquals(new URL(gateway.url).pathname, "/v1/traces");
  const accepted = await send(gateway.url, { "x-tenant": "tea" });
  assertEquals(accepted.status, 200);
  assertEquals(receiver.spans.length, 1);
  assertEquals(receiver.requests[0]?.headers["content-type"], "application/x-protobuf");
  const refused = await send(gateway.url, {});
  assertEquals([refused.status, refused.text, refused.retryAfter], [429, "no", "7"]);
  await gateway.shutdown();
  assert(isFree(Number(new URL(gateway.url).port)));
});

testWith(["net"], "startGateway() reports once that nothing is behind it", async () => {
  using port = holdPort();
  port[Symbol.dispose]();
  const reasons: string[] = [];
  const gateway = startGateway({
    target: targetOf(`http://127.0.0.1:${port.number}/v1/traces`),
    activity: new Activity(ALWAYS),
    onUnreachable: (reason) => reasons.push(reason),
  });
  assertEquals((await send(gateway.url)).status, 502);
  assertEquals((await send(gateway.url)).status, 502);
  assertEquals(reasons, ["connection refused"]);
  await using receiver = startHttpReceiver({ port: port.number });
  assertEquals((await send(gateway.url)).status, 200);
  assertEquals(receiver.spans.length, 1);
  await gateway.shutdown();
});

testWith(["net"], "startGateway() refuses while it is blocked, and forwards nothing", async () => {
  await using receiver = startHttpReceiver();
  const gateway = startGateway({
    target: targetOf(`${receiver.url}/v1/traces`),
    blockade: "refusing",
    activity: new Activity(ALWAYS),
    onUnreachable: unexpected,
  });
  const { status, retryAfter } = await send(gateway.url);
  assertEquals([status, retryAfter], [503, "30"]);
  assertEquals(receiver.requests, []);
  await gateway.shutdown();
});

testWith(
  ["net"],
  "startGateway() accepts a request and stays silent until it is released",
  async () => {
    await using receiver = startHttpReceiver();
    let now = 0;
    const asked = Promise.withResolvers<void>();
    let times = 0;
    // The gateway reads the clock once at the start, then when each request arrives.
    const clock = () => {
      if (times++ > 0) asked.resolve();
      return now;
    };
    const gateway = startGateway({
      target: targetOf(`${receiver.url}/v1/traces`),
      blockade: "silent",
      activity: new Activity({ afterMillis: 0, forMillis: 10 }, clock),
      onUnreachable: unexpected,
    });
    const warnings: unknown[] = [];
    using _ = replaceConsole("warn", (warning) => warnings.push(warning));
    let isAnswered = false;
    const waiting = send(gateway.url).finally(() => isAnswered = true);
    await within(asked.promise, "the request at the gateway");
    now = 10;
    assertEquals((await send(gateway.url)).status, 200);
    assert(!isAnswered);
    gateway.release();
    const { status, text } = await waiting;
    assertEquals(status, 504);
    assertStringIncludes(text, "no answer");
    assertEquals(receiver.requests.length, 1);
    await gateway.shutdown();
    assertEquals(warnings, []);
  },
);

function targetOf(endpoint: string) {
  return otlpTarget({ otlp_http: { endpoint } }, "traces");
}

async function send(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: "POST",
    body: BODY,
    headers: { "content-type": "application/x-protobuf", ...headers },
  });
  const retryAfter = response.headers.get("retry-after");
  return { status: response.status, text: await response.text(), retryAfter };
}

function unexpected(reason: string): never {
  throw new Error(`The server is there, and yet: ${reason}`);
}
