import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVICE_NAME,
  ATTR_URL_FULL,
  ATTR_URL_QUERY,
} from "@opentelemetry/semantic-conventions";
import { denoCorrection } from "../../../lib/launcher/deno/corrections.ts";
import { decodeProtobuf, encodeRequest, type ReceivedSignal } from "../../helpers/otlp_proto.ts";

/** Attributes with string values. */
function texts(attributes: Record<string, string>) {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

/** An export request with one item in one scope. */
function request(signal: ReceivedSignal, item: object, scope = "deno", resource = {}) {
  const [Signal, items] = {
    traces: ["Spans", "spans"],
    metrics: ["Metrics", "metrics"],
    logs: ["Logs", "logRecords"],
  }[signal] as [string, string];
  return encodeRequest(signal, {
    [`resource${Signal}`]: [{
      resource: { attributes: texts(resource) },
      [`scope${Signal}`]: [{ scope: { name: scope }, [items]: [item] }],
    }],
  });
}

const WRONG = {
  [ATTR_HTTP_REQUEST_METHOD]: "GET",
  [ATTR_HTTP_RESPONSE_STATUS_CODE]: "200",
  [ATTR_URL_FULL]: "https://me:se'cret@host:1/a?sig=x'y&b=1#sig=kept",
  [ATTR_URL_QUERY]: "b=1&X-Amz-Signature=x",
  [ATTR_EXCEPTION_MESSAGE]: "no answer from https://host/?sig=x",
  [ATTR_EXCEPTION_STACKTRACE]: "Error: https://host/?sig=x\n    at main.ts:1:1",
  // As long as a key that is corrected.
  ["url.FULL"]: "https://me:secret@host",
};

const SPAN = {
  traceId: new Uint8Array(16).fill(1),
  spanId: new Uint8Array(8).fill(2),
  name: "GET",
  attributes: texts(WRONG),
  status: { code: 2, message: "cannot get https://host/?sig=x" },
};

Deno.test("denoCorrection() corrects Deno's own spans", () => {
  const bytes = denoCorrection([])("traces", request("traces", SPAN));
  const [span] = decodeProtobuf(bytes, "traces").spans;
  assertEquals(span!.attributes, {
    ...WRONG,
    [ATTR_HTTP_RESPONSE_STATUS_CODE]: 200,
    [ATTR_URL_FULL]: "https://REDACTED:REDACTED@host:1/a?sig=REDACTED&b=1#sig=kept",
    [ATTR_URL_QUERY]: "b=1&X-Amz-Signature=REDACTED",
    [ATTR_EXCEPTION_MESSAGE]: "no answer from https://host/?sig=REDACTED",
    [ATTR_EXCEPTION_STACKTRACE]: "Error: https://host/?sig=REDACTED\n    at main.ts:1:1",
  });
  assertEquals(span!.status, { code: 2, message: "cannot get https://host/?sig=REDACTED" });
  assertEquals([span!.name, span!.spanId], ["GET", "02".repeat(8)]);
});

Deno.test("denoCorrection() keeps what the program records itself", () => {
  const correct = denoCorrection([]);
  for (
    const [signal, item] of [
      ["traces", SPAN],
      ["logs", { body: { stringValue: "\x1b[31mred\x1b[39m\n" } }],
      ["metrics", { name: "size", gauge: { dataPoints: [] } }],
    ] as const
  ) {
    const bytes = request(signal, item, "mine");
    assertEquals(correct(signal, bytes), bytes);
  }
});

Deno.test("denoCorrection() removes terminal codes and the line end from console records", () => {
  const bodyOf = (body: object) => {
    const bytes = denoCorrection([])("logs", request("logs", { body, severityNumber: 9 }));
    const [{ body: corrected, severityNumber } = {}] = decodeProtobuf(bytes, "logs").logRecords;
    assertEquals(severityNumber, 9);
    return corrected;
  };
  assertEquals(bodyOf({ stringValue: "\x1b[1m\x1b[31mré\x1b[39m d\x1b[0m\n" }), "ré d");
  assertEquals(bodyOf({ stringValue: "two\nlines\n\n" }), "two\nlines\n");
  assertEquals(bodyOf({ stringValue: "plain" }), "plain");
  assertEquals(bodyOf({ intValue: 5 }), 5);
});

Deno.test("denoCorrection() decodes encoded attributes in every signal", () => {
  const resource = { "a%2Cb": "1%2C2", plain: "50%25", [ATTR_SERVICE_NAME]: "shop" };
  for (const [signal, items] of [["traces", "spans"], ["logs", "logRecords"]] as const) {
    const { traceId, spanId } = SPAN;
    const bytes = request(signal, { traceId, spanId }, "mine", resource);
    const [item] = decodeProtobuf(denoCorrection(["a,b"])(signal, bytes), signal)[items];
    assertEquals(item!.resource, { "a,b": "1,2", plain: "50%25", [ATTR_SERVICE_NAME]: "shop" });
  }
  const metrics = request("metrics", {}, "mine", resource);
  assertStrictEquals(denoCorrection([])("metrics", metrics), metrics);
  assertEquals(denoCorrection(["a,b"])("metrics", metrics).length, metrics.length - 4);
});

Deno.test("denoCorrection() keeps unknown fields wherever they are", () => {
  const unknown = [0xfa, 0x07, 0x03, 1, 2, 3]; // field 127
  const field = (
    number: number,
    content: number[],
  ) => [number << 3 | 2, content.length, ...content];
  const key = [...new TextEncoder().encode(ATTR_HTTP_RESPONSE_STATUS_CODE)];
  const build = (value: number[]) => {
    const attribute = [...field(1, key), ...unknown, ...field(2, value)];
    const span = [...unknown, ...field(9, attribute), ...unknown];
    const scope = [...field(1, [...unknown, ...field(1, [...new TextEncoder().encode("deno")])])];
    const scopeSpans = [...scope, ...unknown, ...field(2, span)];
    return Uint8Array.from(field(1, [...unknown, ...field(2, scopeSpans)]));
  };
  assertEquals(
    denoCorrection([])("traces", build(field(1, [0x34, 0x30, 0x34]))),
    build([0x18, 0x94, 0x03]),
  );
});
