import {
  BasicTracerProvider,
  type ReadableSpan,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { Attributes } from "@opentelemetry/api";
import { assertEquals } from "@std/assert";
import type { TracesData } from "../../../lib/otlp/json.ts";
import { loadJsonSerializers, loadSerializers } from "../../../lib/telemetry/otlp/item_encoding.ts";

/** The request for a span with attributes, as our serializer and as the SDK's writes it. */
async function requestsWith(attributes: Attributes): Promise<TracesData[]> {
  const spans: ReadableSpan[] = [];
  const processor: SpanProcessor = {
    onStart: () => {},
    onEnd: (span) => void spans.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  provider.getTracer("t").startSpan("s", { attributes }).end();
  const serializers = [
    (await loadJsonSerializers()).traces,
    (await loadSerializers()).JsonTraceSerializer,
  ];
  return serializers.map((one) =>
    JSON.parse(new TextDecoder().decode(one.serializeRequest(spans)))
  );
}

const spanOf = ({ resourceSpans }: TracesData) => resourceSpans![0]!.scopeSpans![0]!.spans![0]!;

Deno.test("OTLP in JSON has NaN and infinities as text, as its specification wants", async () => {
  const [ours, sdks] = await requestsWith({ n: NaN, l: [0.5, Infinity], text: "null" });
  const { attributes, ...span } = spanOf(ours!);
  assertEquals(attributes!.map(({ value }) => value), [
    { doubleValue: "NaN" },
    { arrayValue: { values: [{ doubleValue: 0.5 }, { doubleValue: "Infinity" }] } },
    { stringValue: "null" },
  ]);
  const { traceId, spanId, startTimeUnixNano, name } = spanOf(sdks!);
  assertEquals(
    [span.traceId, span.spanId, span.startTimeUnixNano, span.name],
    [traceId, spanId, startTimeUnixNano, name],
  );
});

Deno.test("OTLP in JSON without such numbers is what the SDK writes", async () => {
  const [ours, sdks] = await requestsWith({ n: 1.5, text: "none" });
  assertEquals(ours, sdks);
});
