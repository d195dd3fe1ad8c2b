import { Buffer } from "node:buffer";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { completenessOf, documentToProtobuf, jsonToProtobuf } from "../../lib/otlp/json_request.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import type { AnyValue } from "../../lib/otlp/json.ts";

Deno.test("our parser and JavaScript's accept the same JSON", () => {
  const piece = fc.constantFrom(
    '"',
    "\\",
    "{",
    "]",
    ",",
    ":",
    "-",
    "0",
    "1.",
    "e+",
    "\\u12",
    "nul",
  );
  const mutated = fc.tuple(fc.json(), fc.nat(), fc.option(piece, { nil: "" }), fc.nat(2))
    .map(([text, place, splice, cut]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + splice + text.slice(at + cut);
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), mutated), (text) => {
      assertEquals(completenessOf(bytesOf(text)) === "complete", isJson(text), text);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("jsonToProtobuf() frees its input while it reads, and writes the same", () => {
  const long = "é\\u0041😀\\n".repeat(500_000);
  const record = (text: string) => `{"body":{"stringValue":"${text}"},"severityNumber":9}`;
  const records = [record(long), ...Array(50).fill(record("x".repeat(200_000))), record(long)];
  const bytesValue = Buffer.alloc(9_000_000, "bytes").toString("base64");
  records.push(`{"body":{"bytesValue":"${bytesValue}"}}`);
  const text = (end: string) =>
    `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${records.join(",")}${end}`;
  const wanted = jsonToProtobuf("logs", bytesOf(text("]}]}]}")));
  const own = bytesOf(text("]}]}]}"));
  const { body } = jsonToProtobuf("logs", own, { isOwn: true });
  assertEquals(Buffer.compare(body, wanted.body), 0);
  assertEquals(own.length, 0);
  // Fault offsets refer to the original input.
  for (const isOwn of [false, true]) {
    const error = assertThrows(
      () => jsonToProtobuf("logs", bytesOf(text("x")), { isOwn }),
      MalformedError,
    );
    assertEquals(error.byteOffset, bytesOf(text("")).length);
  }
});

Deno.test("jsonToProtobuf() never takes much more memory than the longest request", () => {
  const counts = (length: number) => {
    const list = "1,".repeat(length / 2 - 1) + "1";
    return bytesOf(
      '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"histogram":{"dataPoints":' +
        `[{"bucketCounts":[${list}]}]}}]}]}]}`,
    );
  };
  const MIB = 2 ** 20;
  assertEquals(
    jsonToProtobuf("metrics", counts(8 * MIB), { isOwn: true }).body.length > 32 * MIB,
    true,
  );
  assertThrows(
    () => jsonToProtobuf("metrics", counts(60 * MIB), { isOwn: true }),
    MalformedError,
    "bytes in protobuf",
  );
});

Deno.test("completenessOf() distinguishes text that can continue from text that cannot", () => {
  for (const text of ["", "{", '{"a', '{"a":[1,', '"\\u12', "-", "1.", "tr"]) {
    assertEquals(completenessOf(bytesOf(text)), "incomplete", text);
  }
  for (const text of ["x", "{]", "01", "[1 2]", '"\n"', '{"a" 1']) {
    assertEquals(completenessOf(bytesOf(text)), "no JSON", text);
  }
});

Deno.test("jsonToProtobuf() reads text with any escapes as JSON.parse() does", () => {
  const character = fc.oneof(
    fc.constantFrom("\\n", "\\\\", "\\/", '\\"', "\\u0041", "\\ud83d\\ude00", "\\ud83d", "\\udE00"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })
      .map((one) => JSON.stringify(one).slice(1, -1)),
  );
  fc.assert(fc.property(fc.array(character), (characters) => {
    const text = `"${characters.join("")}"`;
    const wanted = (JSON.parse(text) as string).toWellFormed();
    assertEquals(valueOf(`{"stringValue":${text}}`), { stringValue: wanted });
  }));
});

Deno.test("jsonToProtobuf() reads 64-bit integers exactly, as text and as numbers", () => {
  const integers = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  fc.assert(fc.property(integers, (integer) => {
    for (const text of [`"${integer}"`, `${integer}`]) {
      assertEquals(valueOf(`{"intValue":${text}}`), { intValue: String(integer) });
    }
  }));
  for (const text of ["1e3", "1000.0", '"0001000"']) {
    assertEquals(valueOf(`{"intValue":${text}}`), { intValue: "1000" });
  }
});

Deno.test("jsonToProtobuf() reads numbers as JSON.parse() does", () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
    const text = JSON.stringify(number);
    assertEquals(valueOf(`{"doubleValue":${text}}`), { doubleValue: JSON.parse(text) });
  }));
});

Deno.test("jsonToProtobuf() reads base64 of any length", () => {
  const bytes = fc.uint8Array({ maxLength: 200_000 });
  fc.assert(
    fc.property(bytes, fc.boolean(), (bytes, isUrl) => {
      const text = bytes.toBase64(isUrl ? { alphabet: "base64url", omitPadding: true } : {});
      assertEquals(valueOf(`{"bytesValue":"${text}"}`), { bytesValue: bytes.toBase64() });
    }),
    { numRuns: 20 },
  );
  // Whitespace would move the groups of four from one part into the next.
  const broken = `{"bytesValue":"${"AAAA".repeat(20_000)} A${"AAAA".repeat(20_000)}"}`;
  assertThrows(() => valueOf(broken), MalformedError, "expected bytes in base64");
});

Deno.test("jsonToProtobuf() reports where the bytes are not JSON, or have a wrong shape", () => {
  const faultOf = (text: string | Uint8Array) => {
    const bytes = typeof text === "string" ? bytesOf(text) : text;
    const { message, byteOffset } = assertThrows(
      () => jsonToProtobuf("traces", bytes),
      MalformedError,
    );
    return [message, byteOffset];
  };
  assertEquals(faultOf('{"é":1,}'), ['no JSON: expected """, got "}"', 8]);
  assertEquals(faultOf('{"a":1'), ['no JSON: expected "," or "}", got the end', 6]);
  assertEquals(faultOf('{"resourceSpans":5}'), ["resourceSpans: expected a list, got 5", 17]);
  assertEquals(faultOf("[]"), ["the request: expected an object, got a list", 0]);
  const invalid = new Uint8Array([...bytesOf(`{"a":"${"é€😀".repeat(5000)}`), 0xf0, 0x9f, 0x22]);
  assertEquals(faultOf(invalid), ["JSON must be UTF-8", invalid.length - 3]);
});

Deno.test("jsonToProtobuf() limits how deeply values are nested", () => {
  const nested = (depth: number, open: string, close: string) =>
    bytesOf(`{"a":${open.repeat(depth)}1${close.repeat(depth)}}`);
  for (const [open, close] of [["[", "]"], ['{"":', "}"]] as const) {
    assertEquals(jsonToProtobuf("traces", nested(900, open, close)).body.length, 0);
    const deep = nested(1_000_000, open, close);
    assertThrows(() => jsonToProtobuf("traces", deep), MalformedError, "nested too deeply");
  }
});

Deno.test("jsonToProtobuf() reports the first record that it leaves out, and counts all", () => {
  const spans = [{ kind: "CLIENT" }, { traceId: "no hex" }, { name: "taken" }];
  const request = { resourceSpans: [{ scopeSpans: [{ spans }] }] };
  const { body, rejected, message } = jsonToProtobuf("traces", bytesOf(JSON.stringify(request)));
  assertEquals(rejected, 2);
  assertStringIncludes(
    message!,
    "resourceSpans[0].scopeSpans[0].spans[0].kind: enums are integers",
  );
  const [scopeSpans] = protobufToJson("TracesData", body).resourceSpans![0]!.scopeSpans!;
  assertEquals(scopeSpans!.spans, [{ name: "taken" }]);
});

Deno.test("jsonToProtobuf() rejects a request that is too long in protobuf", () => {
  // Each takes two characters as text, and eight bytes.
  const bounds = `[${"0,".repeat(9_000_000)}0]`;
  const points = `{"dataPoints":[{"explicitBounds":${bounds}}]}`;
  const request = `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"histogram":${points}}]}]}]}`;
  assertThrows(
    () => jsonToProtobuf("metrics", bytesOf(request)),
    MalformedError,
    "it takes more than 67108864 bytes in protobuf",
  );
});

Deno.test("documentToProtobuf() creates a request for each signal in a document", () => {
  const document = '{"resourceLogs":[{}],"other":[[]],"resourceSpans":[],"resourceMetrics":[{}]}';
  const parts = documentToProtobuf(bytesOf(document));
  assertEquals(parts.map(({ signal, body }) => [signal, [...body]]), [
    ["traces", []],
    ["metrics", [10, 0]],
    ["logs", [10, 0]],
  ]);
  assertEquals(documentToProtobuf(bytesOf("{}")), []);
  assertThrows(() => documentToProtobuf(bytesOf('{"spans":[]}')), MalformedError, "none of");
});

/** A value as read back from an attribute's protobuf. */
function valueOf(json: string): AnyValue | undefined {
  const request = `{"resourceSpans":[{"resource":{"attributes":[{"value":${json}}]}}]}`;
  const { body } = jsonToProtobuf("traces", bytesOf(request));
  return protobufToJson("TracesData", body).resourceSpans![0]!.resource!.attributes![0]!.value;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

Deno.test("a null in a list is skipped, or leaves out only its record", () => {
  const read = (json: object) => {
    const { body, rejected } = jsonToProtobuf("metrics", bytesOf(JSON.stringify(json)));
    return { rejected, data: protobufToJson("MetricsData", body) };
  };
  const point = (more: object) => ({ timeUnixNano: "1", ...more });
  const metricsOf = (...dataPoints: unknown[]) => ({
    resourceMetrics: [
      null,
      { scopeMetrics: [null, { metrics: [null, { histogram: { dataPoints } }] }] },
    ],
  });
  const given = metricsOf(null, point({ bucketCounts: [1, null] }), point({ count: 1 }));
  const { rejected, data } = read(given);
  assertEquals(rejected, 1);
  const points = data.resourceMetrics?.[0]?.scopeMetrics?.[0]?.metrics?.[0]?.histogram?.dataPoints;
  assertEquals([data.resourceMetrics?.length, points?.length], [1, 1]);
});

Deno.test("a null in a list of values is the empty value", () => {
  const body = { arrayValue: { values: [{ intValue: 1 }, null] } };
  const json = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] });
  const { resourceLogs } = protobufToJson("LogsData", jsonToProtobuf("logs", bytesOf(json)).body);
  assertEquals(resourceLogs?.[0]?.scopeLogs?.[0]?.logRecords?.[0]?.body, {
    arrayValue: { values: [{ intValue: "1" }, {}] },
  });
});
