import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { countItems } from "../../lib/otlp/count_items.ts";
import { ITEM_PATHS } from "../../lib/otlp/item_paths.ts";
import type { LogsData, MetricsData, TracesData } from "../../lib/otlp/json.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import type { MessageType } from "../../lib/otlp/message_type.ts";
import { MESSAGES, REQUEST_MESSAGES } from "../../lib/otlp/messages.ts";
import { SIGNALS } from "../../lib/otlp/signal.ts";
import { messageArbitrary, protobufOf } from "../helpers/otlp_requests.ts";

/** The messages that are counted in requests. */
const ITEMS: readonly MessageType[] = [
  MESSAGES.Span,
  MESSAGES.LogRecord,
  MESSAGES.NumberDataPoint,
  MESSAGES.HistogramDataPoint,
  MESSAGES.ExponentialHistogramDataPoint,
  MESSAGES.SummaryDataPoint,
];

/** Counts from the decoded request. */
const EXPECTED = {
  traces: ({ resourceSpans = [] }: TracesData) =>
    resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans)
      .flatMap(({ spans = [] }) => spans).length,
  metrics: ({ resourceMetrics = [] }: MetricsData) =>
    resourceMetrics.flatMap(({ scopeMetrics = [] }) => scopeMetrics)
      .flatMap(({ metrics = [] }) => metrics)
      .map(({ gauge, sum, histogram, exponentialHistogram, summary }) =>
        (gauge ?? sum ?? histogram ?? exponentialHistogram ?? summary)?.dataPoints?.length ?? 0
      )
      .reduce((total, count) => total + count, 0),
  logs: ({ resourceLogs = [] }: LogsData) =>
    resourceLogs.flatMap(({ scopeLogs = [] }) => scopeLogs)
      .flatMap(({ logRecords = [] }) => logRecords).length,
};

for (const signal of SIGNALS) {
  const name = REQUEST_MESSAGES[signal];

  Deno.test(`ITEM_PATHS leads to all items of ${signal}`, () => {
    let types = [MESSAGES[name]];
    for (const numbers of ITEM_PATHS[signal]) {
      types = types.flatMap((type) => numbers.map((number) => type.byNumber[number]!.message!));
    }
    const reached = new Set(types);
    const all = ITEMS.filter((item) => canReach(MESSAGES[name], item));
    assertEquals(reached, new Set(all));
  });

  Deno.test(`countItems() counts the items of ${signal}`, () => {
    fc.assert(fc.property(messageArbitrary(name), (json) => {
      assertEquals(countItems(signal, protobufOf(name, json)), EXPECTED[signal](json));
    }));
  });
}

Deno.test("countItems() skips unknown fields, and rejects invalid requests", () => {
  assertEquals(countItems("traces", Uint8Array.of(0x0d, 1, 2, 3, 4, 0x78, 1)), 0);
  for (const bytes of [[0x0a, 5], [0x0a, 1, 0x12], [0xff], [0x0b]]) {
    assertThrows(() => countItems("traces", Uint8Array.from(bytes)), MalformedError);
  }
});

function canReach(type: MessageType, wanted: MessageType, seen = new Set<MessageType>()): boolean {
  if (type === wanted) return true;
  if (seen.has(type)) return false;
  seen.add(type);
  return type.fields.some(({ message }) => message && canReach(message, wanted, seen));
}
