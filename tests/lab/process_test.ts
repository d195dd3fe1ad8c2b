import { assertEquals } from "@std/assert";
import { readCondition } from "../../lib/lab/filter_spans.ts";
import { processRequest } from "../../lib/lab/process.ts";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { encodeMessage } from "../../lib/otlp/encode.ts";

function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}

const REQUEST = encodeMessage("TracesData", {
  resourceSpans: [{
    resource: { attributes: [attribute("room", "blue")] },
    scopeSpans: [{
      spans: [
        { name: "GET", attributes: [attribute("url.path", "/health")] },
        { name: "GET /", attributes: [attribute("url.path", "/")] },
        { name: "job" },
      ],
    }],
  }],
});

for (
  const [condition, left] of [
    ['span.attributes["url.path"] == "/health"', ["GET /", "job"]],
    // What a span doesn't have differs from every text.
    ['span.attributes["url.path"] != "/"', ["GET /"]],
    ['span.name=="job"', ["GET", "GET /"]],
    ['resource.attributes["room"] == "blue"', []],
    ['resource.attributes["room"] == "red"', ["GET", "GET /", "job"]],
  ] as const
) {
  Deno.test(`a filter with ${condition} drops what meets it, and counts that`, () => {
    const dropped: [string, number][] = [];
    const filter = { kind: "filter" as const, id: "filter/a", conditions: [condition] };
    const processed = processRequest(
      "traces",
      REQUEST,
      [{ ...filter, conditions: filter.conditions.map((text) => readCondition(text)!) }],
      (...drop) => dropped.push(drop),
    );
    const { resourceSpans } = protobufToJson("TracesData", processed);
    const spans = resourceSpans![0]!.scopeSpans![0]!.spans ?? [];
    assertEquals(spans.map(({ name }) => name), [...left]);
    const count = 3 - left.length;
    assertEquals(dropped, count > 0 ? [["filter/a", count]] : []);
  });
}

for (
  const text of [
    'attributes["url.path"] == "/health"',
    'span.attributes["url.path"] == 7',
    'span.attributes["url.path"] == "/health" and span.name == "a"',
    'IsMatch(span.name, "a")',
    "",
  ]
) {
  Deno.test(`the lab reads no condition from ${text}`, () => {
    assertEquals(readCondition(text), undefined);
  });
}

Deno.test("a redaction masks what it matches, wherever texts are", () => {
  const email = "to=ada@example.com&cc=bob@example.com";
  const masked = "to=****&cc=****";
  const attributes = [attribute("a", email), { key: "n", value: { intValue: "7" } }];
  const redaction = { kind: "redaction" as const, blocked: [/[^=&@]+@[^=&@]+/g] };
  const spans = processRequest(
    "traces",
    encodeMessage("TracesData", {
      resourceSpans: [{
        resource: { attributes },
        scopeSpans: [{ spans: [{ attributes, events: [{ attributes }] }] }],
      }],
    }),
    [redaction],
  );
  const logs = processRequest(
    "logs",
    encodeMessage("LogsData", {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: email } }] }] }],
    }),
    [redaction],
  );
  const count = (value: unknown) => JSON.stringify(value).split(masked).length - 1;
  assertEquals(count(protobufToJson("TracesData", spans)), 3);
  assertEquals(count(protobufToJson("LogsData", logs)), 1);
});
