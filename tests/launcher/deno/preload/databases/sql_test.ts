import { assertEquals } from "@std/assert";
import {
  describeStatement,
  type Dialect,
} from "../../../../../lib/launcher/deno/preload/databases/sql.ts";

const TEXTS: [sql: string, text: string, dialect: Dialect][] = [
  ["select 1.5, -2e3, 0xFF", "select ?, -?, ?", "postgresql"],
  ["select 'it''s', t1.\"a'b\" from t1", 'select ?, t1."a\'b" from t1', "postgresql"],
  ["select E'it\\'s', 'a\\'", "select ?, ?", "postgresql"],
  ["select x LIKE'a\\' and y='b'", "select x LIKE? and y=?", "postgresql"],
  ["select $$it's$$, $a$ $$ $a$, $1", "select ?, ?, $1", "postgresql"],
  ["select 1 -- 'secret'\n, 2 /* 'more' */", "select ?  \n, ?", "postgresql"],
  ["select 'without end", "select ?", "postgresql"],
  ["select $a$without end", "select ?", "postgresql"],
  ["select data #>> '{a}'", "select data #>> ?", "postgresql"],
  ["select 'it\\'s', \"it's\", `a'b`", "select ?, ?, `a'b`", "mysql"],
  ["select 1 # 'secret'\n", "select ?", "mysql"],
  ["select 3--2", "select ?--?", "mysql"],
  [`select '${"x".repeat(5000)}', 'secret'`, "select ?", "mysql"],
];

for (const [sql, text, dialect] of TEXTS) {
  Deno.test(`the text of ${JSON.stringify(sql.slice(0, 50))} has no literals`, () => {
    assertEquals(describeStatement(sql, dialect).text, text);
  });
}

const SUMMARIES: [sql: string, summary: string, operation: string | undefined][] = [
  ["SELECT * FROM orders o JOIN public.users u ON true", "SELECT orders public.users", "SELECT"],
  ["insert into a select b from c", "insert a select c", "insert"],
  ["UPDATE ONLY orders SET a = 1", "UPDATE orders", "UPDATE"],
  ["select 1 from a for update", "select a", "select"],
  ["insert into a values (1) on conflict do update set b = 2", "insert a", "insert"],
  ["with x as (select 1 from a) delete from b", "select a delete b", "select"],
  ["CREATE TABLE IF NOT EXISTS a (b int references c on delete cascade)", "CREATE a", "CREATE"],
  ["select a is distinct from b from (select 1) c", "select select", "select"],
  ["begin", "begin", "begin"],
  ["begin;", "begin", "begin"],
  ["select 1; drop table a", "select a", undefined],
  ["truncate table a", "truncate a", "truncate"],
  ['select 1 from "my shop"."a b"', 'select "my shop"."a b"', "select"],
  ["  ", "", undefined],
];

for (const [sql, summary, operation] of SUMMARIES) {
  Deno.test(`the summary of ${JSON.stringify(sql)}`, () => {
    const found = describeStatement(sql, "postgresql");
    assertEquals([found.summary, found.operation], [summary, operation]);
  });
}

Deno.test("a repeated statement has the same result, even after it was evicted from the cache", () => {
  const first = describeStatement("select 1 from a", "mysql");
  assertEquals(describeStatement("select 1 from a", "mysql"), first);
  for (let i = 0; i < 500; i++) describeStatement(`select ${i}`, "mysql");
  assertEquals(describeStatement("select 1 from a", "mysql"), first);
});
