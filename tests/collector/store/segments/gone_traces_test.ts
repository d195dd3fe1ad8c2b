import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { GoneTraces } from "../../../../lib/collector/store/segments/gone_traces.ts";
import {
  createTables,
  GONE_TABLE,
} from "../../../../lib/collector/store/segments/sqlite_format.ts";

const idOf = (number: number) => number.toString(16).padStart(32, "0");

function openTables(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  createTables(database);
  return database;
}

const rowCount = (database: DatabaseSync) =>
  Number(database.prepare(`SELECT count(*) AS rows FROM ${GONE_TABLE}`).get()!.rows);

Deno.test("traces that are deleted together share one row per last segment", () => {
  using database = openTables();
  const gone = new GoneTraces(database);
  for (let i = 0; i < 1000; i++) gone.note(idOf(i), 5 + i % 2);
  // No remaining segment contains a part of it.
  gone.note(idOf(1000), 4);
  gone.write(5);
  assertEquals(rowCount(database), 2);
  const last = new GoneTraces(database).read();
  assertEquals([last.size, last.get(idOf(0)), last.get(idOf(999))], [1000, 5, 6]);
});

Deno.test("notes are removed with their segments, including those of an earlier process", () => {
  using database = openTables();
  const gone = new GoneTraces(database);
  gone.note(idOf(1), 5);
  gone.note(idOf(2), 6);
  gone.write(3);
  const next = new GoneTraces(database);
  next.write(6);
  assertEquals([...next.read()], [[idOf(2), 6]]);
  next.write(7);
  assertEquals(rowCount(database), 0);
});

Deno.test("a trace that is deleted again counts up to the later segment", () => {
  using database = openTables();
  const gone = new GoneTraces(database);
  for (const segment of [5, 7]) {
    gone.note(idOf(1), segment);
    gone.write(5);
  }
  // As written by format 2.
  database.prepare(`INSERT INTO ${GONE_TABLE} VALUES (?, ?)`).run(idOf(2), 6);
  assertEquals([...gone.read()].sort(), [[idOf(1), 7], [idOf(2), 6]]);
});
