import { assert, assertEquals } from "@std/assert";
import { createExportLog } from "../../../lib/collector/api/export_log.ts";
import type { ExportOutcome, ExportRecord } from "../../../lib/collector/model.ts";

Deno.test("add() keeps the last 200 records, numbered, the newest first", () => {
  const log = createExportLog();
  for (let i = 0; i < 250; i++) log.add(record());
  const records = log.list();
  assertEquals([records.length, records[0]?.id, records.at(-1)?.id], [200, 250, 51]);
  assertEquals(log.list({ limit: 3 }).map(({ id }) => id), [250, 249, 248]);
});

Deno.test("add() keeps refused and partly accepted requests apart from the flood of good ones", () => {
  const log = createExportLog();
  log.add(record({ status: 400 }));
  log.add(record({ accepted: 1, rejected: 1 }));
  for (let i = 0; i < 250; i++) log.add(record());
  assertEquals(log.list({ limit: 1_000 }).length, 202);
  assertEquals(log.list({ limit: 1_000 }).slice(-2).map(({ id }) => id), [2, 1]);
  assertEquals(log.list({ outcome: "refused" }).map(({ id }) => id), [1]);
  assertEquals(log.list({ outcome: "partial" }).map(({ id }) => id), [2]);
  for (let i = 0; i < 250; i++) log.add(record({ status: 503 }));
  assertEquals(log.list({ outcome: "refused" }).length, 200);
});

Deno.test("add() judges a request by its answer and by what happened to its items", () => {
  const cases: [Partial<ExportRecord>, ExportOutcome][] = [
    [{ status: 200 }, "accepted"],
    [{ status: 200, accepted: 0 }, "accepted"],
    [{ status: 400 }, "refused"],
    [{ status: 301 }, "refused"],
    [{ protocol: "grpc", status: 0 }, "accepted"],
    [{ protocol: "grpc", status: 3 }, "refused"],
    [{ status: 200, accepted: 1, rejected: 1 }, "partial"],
    [{ status: 200, accepted: 0, duplicated: 1, rejected: 1 }, "partial"],
    [{ status: 200, accepted: 0, rejected: 2 }, "refused"],
    [{ protocol: "grpc", status: 0, accepted: 0, rejected: 2 }, "refused"],
  ];
  const log = createExportLog();
  const counts = { accepted: 0, partial: 0, refused: 0 };
  for (const [members, outcome] of cases) {
    counts[outcome]++;
    assertEquals([members, log.add(record(members)).outcome], [members, outcome]);
  }
  assertEquals(log.counts, counts);
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

function record(members: Partial<ExportRecord> = {}): Omit<ExportRecord, "id" | "outcome"> {
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
