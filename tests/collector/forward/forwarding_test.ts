import { assertEquals } from "@std/assert";
import { createCollector } from "../../../lib/collector/collector.ts";
import type { ForwardTransport } from "../../../lib/collector/forward/forwarder.ts";
import type { Span, TracesData } from "../../../lib/otlp/json.ts";
import { protobufToJson } from "../../../lib/otlp/decode.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeRequest } from "../../helpers/otlp_proto.ts";
import { logsRequest, metricsRequest, span, tracesRequest } from "../store/requests.ts";

const NEEDS = ["net", "read"] as const;

/** A collector that forwards to a list of requests. */
async function startForwarding() {
  const sent: { signal: string; body: Uint8Array }[] = [];
  const transport = (signal: string): ForwardTransport => ({
    send(body) {
      sent.push({ signal, body });
      return Promise.resolve({ rejected: 0, message: "" });
    },
    shutdown() {},
  });
  const collector = await createCollector({
    httpPort: 0,
    grpcPort: 0,
    uiPort: 0,
    store: { maxTraces: 100, maxBytes: 16 * 2 ** 20 },
    forward: {
      url: "http://other",
      transports: {
        traces: transport("traces"),
        metrics: transport("metrics"),
        logs: transport("logs"),
      },
    },
  });
  return {
    collector,
    sent,
    async post(signal: string, body: Uint8Array<ArrayBuffer>) {
      const response = await fetch(`${collector.httpUrl}/v1/${signal}`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body,
      });
      await response.body?.cancel();
      return response.status;
    },
    /** The span names of each forwarded request. */
    names: () =>
      sent.filter(({ signal }) => signal === "traces").map(({ body }) => {
        const { resourceSpans = [] }: TracesData = protobufToJson("TracesData", body);
        return resourceSpans.flatMap(({ scopeSpans = [] }) =>
          scopeSpans.flatMap(({ spans = [] }) => spans.map(({ name }: Span) => name))
        );
      }),
    [Symbol.asyncDispose]: () => collector[Symbol.asyncDispose](),
  };
}

testWith(NEEDS, "a collector forwards what it accepts, and not earlier data", async () => {
  await using test = await startForwarding();
  const [a, b, c] = ["a", "b", "c"].map((name) => span("1", name, { name })) as [Span, Span, Span];
  await test.post("traces", tracesRequest([a, b]));
  await test.post("traces", tracesRequest([a, b]));
  await test.post("traces", tracesRequest([b, c, a, c]));
  await test.post("traces", tracesRequest([]));
  await test.collector.shutdown();
  assertEquals(test.names(), [["a", "b"], ["c"]]);
});

testWith(NEEDS, "a collector does not forward what it rejected", async () => {
  await using test = await startForwarding();
  const ids = { traceId: new Uint8Array(16).fill(1), spanId: new Uint8Array(8).fill(1) };
  const request = (...spans: object[]) =>
    encodeRequest("traces", { resourceSpans: [{ scopeSpans: [{ spans }] }] });
  const invalid = { ...ids, traceId: new Uint8Array(16), name: "invalid" };
  assertEquals(await test.post("traces", request(invalid, { ...ids, name: "valid" })), 200);
  assertEquals(await test.post("traces", request(invalid)), 200);
  assertEquals(await test.post("traces", Uint8Array.of(7)), 400);
  await test.collector.shutdown();
  assertEquals(test.names(), [["valid"]]);
});

testWith(NEEDS, "a collector forwards logs and metrics, and each data point once", async () => {
  await using test = await startForwarding();
  const logs = () => logsRequest([{ body: { stringValue: "hello" } }]);
  const metrics = (...times: string[]) =>
    metricsRequest([{
      name: "temperature",
      gauge: { dataPoints: times.map((timeUnixNano) => ({ timeUnixNano, asInt: "1" })) },
    }]);
  await test.post("logs", logs());
  await test.post("metrics", metrics("1"));
  await test.post("metrics", metrics("1"));
  await test.post("metrics", metrics("1", "2"));
  const { store, forward } = await test.collector.shutdown();
  assertEquals(test.sent.find(({ signal }) => signal === "logs")?.body, logs());
  const points = test.sent.filter(({ signal }) => signal === "metrics").map(({ body }) => body);
  assertEquals(points, [metrics("1"), metrics("2")]);
  assertEquals(store.signals.metrics.duplicated, 2);
  assertEquals(forward?.sentRequests, 3);
});

testWith(NEEDS, "a collector also forwards imports from its page", async () => {
  await using test = await startForwarding();
  await test.post("traces", tracesRequest([span("1", "a", { name: "a" })]));
  const spans = ["a", "b"].map((name) => span("1", name, { name }));
  const line = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  const response = await fetch(`${test.collector.uiUrl}/api/kit/data`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: line,
  });
  assertEquals(response.status, 200, await response.text());
  await test.collector.shutdown();
  assertEquals(test.names(), [["a"], ["b"]]);
});
