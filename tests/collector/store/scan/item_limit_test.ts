import { assertThrows } from "@std/assert";
import { checkItemCount } from "../../../../lib/collector/store/scan/item_limit.ts";
import { MalformedError } from "../../../../lib/otlp/malformed_error.ts";
import type { MessageName } from "../../../../lib/otlp/messages.ts";
import type { Signal } from "../../../../lib/otlp/signal.ts";
import { protobufOf } from "../../../helpers/otlp_requests.ts";

/** Requests with the given number of the shortest possible items. */
const REQUESTS: [Signal, MessageName, (items: object[]) => object][] = [
  ["traces", "TracesData", (spans) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] })],
  ["traces", "TracesData", (resourceSpans) => ({ resourceSpans })],
  ["logs", "LogsData", (logRecords) => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })],
  ["logs", "LogsData", (scopeLogs) => ({ resourceLogs: [{ scopeLogs }] })],
  [
    "metrics",
    "MetricsData",
    (metrics) => ({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
  ],
  ...["gauge", "sum", "histogram", "exponentialHistogram", "summary"].map((
    kind,
  ): [Signal, MessageName, (items: object[]) => object] => [
    "metrics",
    "MetricsData",
    (dataPoints) => ({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ [kind]: { dataPoints } }] }] }],
    }),
  ]),
];

for (const [signal, name, requestOf] of REQUESTS) {
  const example = JSON.stringify(requestOf([{}]));
  Deno.test(`checkItemCount() limits the most frequent items of ${example}`, () => {
    checkItemCount(signal, protobufOf(name, requestOf(Array(99_990).fill({}))));
    assertThrows(
      () => checkItemCount(signal, protobufOf(name, requestOf(Array(100_001).fill({})))),
      MalformedError,
      "more than 100000 items in one request: export smaller batches",
    );
  });
}

Deno.test("checkItemCount() does not count a span's contents", () => {
  const attributes = Array(100_001).fill({ key: "a" });
  const resourceSpans = [{ scopeSpans: [{ spans: [{ attributes }] }] }];
  checkItemCount("traces", protobufOf("TracesData", { resourceSpans }));
});
