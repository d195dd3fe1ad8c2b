import { assert, assertEquals } from "@std/assert";
import { createExportLog } from "../../../lib/collector/api/export_log.ts";
import type { ExportRecord } from "../../../lib/collector/model.ts";

Deno.test("add() keeps the last 200 records, numbered, the newest first", () => {
  const log = createExportLog();
  for (let i = 0; i < 250; i++) log.add(record());
  const records = log.list();
  assertEquals([records.length, records[0]?.id, records.at(-1)?.id], [200, 250, 51]);
  assertEquals(log.list(3).map(({ id }) => id), [250, 249, 248]);
});

Deno.test("add() counts by the answer that the sender received", () => {
  const log = createExportLog();
  log.add(record({ status: 200 }));
  log.add(record({ status: 400 }));
  log.add(record({ protocol: "grpc", status: 0 }));
  log.add(record({ protocol: "grpc", status: 3 }));
  assertEquals(log.counts, { accepted: 2, refused: 2 });
});

Deno.test("add() makes the request the evidence of its hints", () => {
  const log = createExportLog();
  const hint = { id: "wrong-port", title: "", advice: "", tutorial: "" } as const;
  const { hints } = log.add(record({ hints: [{ ...hint, evidence: { detail: "POST" } }] }));
  assertEquals(hints, [{ ...hint, evidence: { exportId: 1, detail: "POST" } }]);
});

Deno.test("add() truncates long texts from senders", () => {
  const log = createExportLog();
  const long = "x".repeat(100_000);
  const added = log.add(record({
    userAgent: long,
    reason: long,
    serviceNames: Array.from({ length: 1_000 }, () => long),
  }));
  assert(JSON.stringify(added).length < 10_000);
});

Deno.test("subscribe() reports each record until it is disposed", () => {
  const log = createExportLog();
  const ids: number[] = [];
  const subscription = log.subscribe(({ id }) => ids.push(id));
  log.add(record());
  log.add(record());
  subscription[Symbol.dispose]();
  log.add(record());
  assertEquals(ids, [1, 2]);
});

function record(members: Partial<ExportRecord> = {}): Omit<ExportRecord, "id"> {
  return {
    receivedAt: 1,
    peer: "127.0.0.1:5000",
    userAgent: "test",
    protocol: "http/protobuf",
    compression: "none",
    wireBytes: 1,
    bodyBytes: 1,
    accepted: 1,
    rejected: 0,
    duplicated: 0,
    serviceNames: [],
    status: 200,
    durationMillis: 1,
    hints: [],
    ...members,
  };
}
