import { assertEquals } from "@std/assert";
import { readActions } from "../../lib/lab/edit_attributes.ts";
import { processRequest } from "../../lib/lab/process.ts";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { encodeMessage } from "../../lib/otlp/encode.ts";
import { attributesJson } from "../../lib/otlp/any_value.ts";

const ROOM = [{ key: "room", value: { stringValue: "blue" } }];

function edited(attributes: object[], actions: object[]): string {
  const request = encodeMessage("TracesData", {
    resourceSpans: [{ scopeSpans: [{ spans: [{ name: "a", attributes }] }] }],
  });
  const result = processRequest("traces", request, [
    { kind: "edit", of: "items", actions: readActions(actions) },
  ]);
  const [span] = protobufToJson("TracesData", result).resourceSpans![0]!.scopeSpans![0]!.spans!;
  return attributesJson(span!.attributes);
}

for (
  const [what, action, without, present] of [
    ["insert", { value: 1 }, '{"room":1}', '{"room":"blue"}'],
    ["update", { value: 1 }, "{}", '{"room":1}'],
    ["upsert", { value: 1.5 }, '{"room":1.5}', '{"room":1.5}'],
    ["insert", { value: [1, { b: null }] }, '{"room":[1,{"b":null}]}', '{"room":"blue"}'],
    ["insert", { value: 1e30 }, '{"room":1e+30}', '{"room":"blue"}'],
    ["upsert", { value: false }, '{"room":false}', '{"room":false}'],
    ["delete", {}, "{}", "{}"],
    // As in the Collector, an attribute that doesn't exist has no value to copy.
    ["upsert", { from_attribute: "other" }, "{}", '{"room":"blue"}'],
  ] as const
) {
  Deno.test(`the action ${what} ${JSON.stringify(action)} changes attributes as documented`, () => {
    const actions = [{ key: "room", action: what, ...action }];
    assertEquals(edited([], actions), without);
    assertEquals(edited(ROOM, actions), present);
  });
}

Deno.test("actions run in order, and copy values", () => {
  const actions = [
    { key: "copy", from_attribute: "room", action: "insert" },
    { key: "room", action: "delete" },
  ];
  assertEquals(edited(ROOM, actions), '{"copy":"blue"}');
});

Deno.test("processRequest changes the data points of all kinds, log records, and resources", () => {
  const dataPoints = [{ asInt: "1" }];
  const kinds = ["gauge", "sum", "histogram", "exponentialHistogram", "summary"];
  const metrics = kinds.map((kind) => ({
    name: kind,
    [kind]: { dataPoints: kind === "gauge" || kind === "sum" ? dataPoints : [{ count: "1" }] },
  }));
  const requests = {
    metrics: encodeMessage("MetricsData", { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
    logs: encodeMessage("LogsData", {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityText: "INFO" }] }] }],
    }),
  };
  const actions = readActions([{ key: "room", value: "red", action: "insert" }]);
  const edits = [{ kind: "edit", of: "items", actions }, {
    kind: "edit",
    of: "resources",
    actions,
  }] as const;
  const count = (text: string) => text.split('{"key":"room"').length - 1;
  const { resourceMetrics } = protobufToJson(
    "MetricsData",
    processRequest("metrics", requests.metrics, edits),
  );
  assertEquals(count(JSON.stringify(resourceMetrics)), kinds.length + 1);
  const { resourceLogs } = protobufToJson("LogsData", processRequest("logs", requests.logs, edits));
  assertEquals(count(JSON.stringify(resourceLogs)), 2);
});

Deno.test("processRequest returns the same bytes if there is nothing to do", () => {
  const request = encodeMessage("TracesData", {});
  assertEquals(processRequest("traces", request, []) === request, true);
});
