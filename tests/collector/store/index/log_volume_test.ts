import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { LogVolumeCounter } from "../../../../lib/collector/store/index/log_volume.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { logsRequest } from "../requests.ts";

const NOON = 1_700_000_000_000;

function nanos(millis: number): string {
  return `${NOON + millis}000000`;
}

Deno.test("logVolume() counts what matches, by severity and in steps of a round length", async () => {
  const store = new StoreEngine({ maxTraces: 1000, maxBytes: 2 ** 24 });
  const records = [[0, 9], [10, 13], [59_000, 13], [59_500, 24], [20, 0]].map(
    ([millis, severityNumber]) => ({
      timeUnixNano: nanos(millis!),
      severityNumber: severityNumber!,
      body: { stringValue: "hello" },
    }),
  );
  const other = { timeUnixNano: nanos(5), severityNumber: 9, body: { stringValue: "bye" } };
  const bytes = logsRequest([...records, other]);
  await store.add([{ signal: "logs", bytes }]);
  const { startMillis, stepMillis, severities, total } = await store.logVolume({
    text: "hello",
    limit: 1,
  });
  assertEquals([startMillis, stepMillis, total], [NOON, 2000, 5]);
  const sums = severities.map(({ name, counts }) => [name, counts[0], counts.at(-1)]);
  assertEquals(sums, [
    ["unspecified", 1, 0],
    ["INFO", 1, 0],
    ["WARN", 1, 1],
    ["FATAL", 0, 1],
  ]);
});

Deno.test("LogVolumeCounter covers the times of the query, and ignores records without time", () => {
  const counter = new LogVolumeCounter({
    timeMinUnixNano: nanos(0),
    timeMaxUnixNano: nanos(59_000),
    limit: 1,
  });
  counter.add(NOON + 30_000, 9);
  counter.add(0, 9);
  const { startMillis, stepMillis, severities, total } = counter.volume();
  assertEquals([startMillis, stepMillis, total], [NOON, 1000, 2]);
  assertEquals(severities[0]!.counts.length, 60);
  assertEquals(severities[0]!.counts[30], 1);
});

Deno.test("LogVolumeCounter counts each record with a time once", () => {
  const record = fc.tuple(fc.integer({ min: 1, max: 1e12 }), fc.nat(24));
  fc.assert(fc.property(fc.array(record), (records) => {
    const counter = new LogVolumeCounter({ limit: 1 });
    for (const [millis, severity] of records) counter.add(millis, severity);
    const { severities, total } = counter.volume();
    const counted = severities.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0);
    assertEquals([counted, total], [records.length, records.length]);
    assert(severities.every(({ counts }) => counts.length <= 61));
  }));
});
