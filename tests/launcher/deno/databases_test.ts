/** Database calls of uninstrumented Deno programs under `otel-kit auto`. */
import { assertEquals } from "@std/assert";
import { isAtLeast } from "../../../lib/launcher/deno/version.ts";
import { buildPreload } from "../../helpers/builds.ts";
import {
  NEEDS_MARIADB,
  NEEDS_POSTGRES,
  NEEDS_REDIS,
  withMariadb,
  withPostgres,
  withRedis,
} from "../../helpers/database_servers.ts";
import { DENOS } from "../../helpers/denos.ts";
import { testIf } from "../../helpers/needs.ts";
import type { ReceivedSpan } from "../../helpers/otlp_proto.ts";
import { withDatabaseProgram } from "./databases.ts";
import { NEEDS, testOnEach } from "./launching.ts";

const PG_ARGS = ["--allow-net", "--allow-env", "--allow-sys"];
const ERROR = 2;

/** Since this version, Deno reports the modules that it loads. */
const TELLS_LOADED_SINCE = "2.9.0";

testOnEach("pg: spans of queries, below those of requests", async (deno) => {
  await withPostgres(async (port) => {
    const program = {
      program: "pg.mjs",
      imports: { pg: "npm:pg@8.23.1" },
      args: PG_ARGS,
      port,
      instruments: "Instrumenting pg",
    };
    await withDatabaseProgram(deno, program, async (visit) => {
      const [query] = one(await visit("/query"));
      assertEquals(query!.name, "select pg_class");
      assertEquals(query!.attributes, {
        "db.system.name": "postgresql",
        "db.namespace": "postgres",
        "db.operation.name": "select",
        "db.query.summary": "select pg_class",
        "db.query.text": "select ?, $1::int as id from pg_class limit ?",
        "server.address": "127.0.0.1",
        "server.port": port,
      });
      assertEquals(query!.status.code, 0);

      assertEquals(namesOf(one(await visit("/callback"))), ["select"]);
      assertEquals(namesOf(one(await visit("/events"))), ["select pg_class"]);

      const [failed] = one(await visit("/error"));
      assertEquals(failed!.status, { code: ERROR, message: 'relation "missing" does not exist' });
      assertEquals(failed!.attributes["error.type"], "42P01");
      assertEquals(failed!.attributes["db.response.status_code"], "42P01");
      assertEquals(one(await visit("/thrown")).map(({ status }) => status.code), [ERROR]);

      // The second request waits for the first one's connection.
      const both = await visit("/slow", "/quick");
      assertEquals(both.map(namesOf), [["select"], ["update pg_settings"]]);
    });
  });
}, NEEDS_POSTGRES);

testOnEach("Deno KV: spans of calls, below those of requests", async (deno) => {
  const program = {
    program: "kv.mjs",
    args: ["--unstable-kv", "--allow-net"],
    instruments: "Instrumenting Deno KV",
  };
  await withDatabaseProgram(deno, program, async (visit) => {
    const calls = one(await visit("/calls"));
    assertEquals(
      namesOf(calls),
      ["set", "get", "getMany", "commit", "delete"].map((name) => `${name} :memory:`),
    );
    assertEquals(calls[0]!.attributes, {
      "db.system.name": "deno.kv",
      "db.operation.name": "set",
      "db.namespace": ":memory:",
    });
    const lists = one(await visit("/list"));
    assertEquals(namesOf(lists), ["set :memory:", "list :memory:", "list :memory:"]);
    const failed = one(await visit("/error"));
    assertEquals(failed.map(({ status }) => status.code), [ERROR, ERROR]);
    assertEquals(failed.map(({ attributes }) => attributes["error.type"]), [
      "TypeError",
      "TypeError",
    ]);
  });
});

testOnEach("ioredis: spans of commands, below those of requests", async (deno) => {
  await withRedis(async (port) => {
    const program = {
      program: "ioredis.mjs",
      imports: { ioredis: "npm:ioredis@5.11.1" },
      args: ["--allow-net", "--allow-env", "--allow-sys"],
      port,
      instruments: "Instrumenting ioredis",
    };
    await withDatabaseProgram(deno, program, async (visit) => {
      const place = `127.0.0.1:${port}`;
      const [set] = one(await visit("/set"));
      assertEquals(set!.name, `set ${place}`);
      assertEquals(set!.attributes, {
        "db.system.name": "redis",
        "db.namespace": "1",
        "db.operation.name": "set",
        "db.query.text": "set shoe:1 ? ? ?",
        "server.address": "127.0.0.1",
        "server.port": port,
      });
      const texts = one(await visit("/pipeline")).map(({ attributes }) =>
        attributes["db.query.text"]
      );
      assertEquals(texts, ["get shoe:1", "mget shoe:1 shoe:2"]);
      assertEquals(namesOf(one(await visit("/callback"))), [`get ${place}`]);
      const [failed] = one(await visit("/error"));
      assertEquals(failed!.status.code, ERROR);
      assertEquals(failed!.attributes["error.type"], "WRONGTYPE");
      assertEquals(failed!.attributes["db.response.status_code"], "WRONGTYPE");
      const late = one(await visit("/late"));
      assertEquals(late.map(({ attributes }) => attributes["db.query.text"]), ["echo ?"]);
    });
  });
}, NEEDS_REDIS);

for (const name of ["mysql2", "mysql2/promise"]) {
  testOnEach(`${name}: spans of statements, below those of requests`, async (deno) => {
    await withMariadb(async (port) => {
      const program = {
        program: `${name.replace("/", "_")}.mjs`,
        imports: { [name]: name.replace("mysql2", "npm:mysql2@3.24.6") },
        args: ["--allow-net", "--allow-env", "--allow-sys"],
        port,
        instruments: "Instrumenting mysql2",
      };
      await withDatabaseProgram(deno, program, async (visit) => {
        const [query] = one(await visit("/query"));
        assertEquals(query!.name, "select dual");
        assertEquals(query!.attributes, {
          "db.system.name": "mysql",
          "db.namespace": "shop",
          "db.operation.name": "select",
          "db.query.summary": "select dual",
          "db.query.text": "select ?, ? as id from dual limit ?",
          "server.address": "127.0.0.1",
          "server.port": port,
        });
        assertEquals(namesOf(one(await visit("/execute"))), ["select"]);
        const [failed] = one(await visit("/error"));
        assertEquals(failed!.status.code, ERROR);
        assertEquals(failed!.attributes["error.type"], "1146");
        assertEquals(failed!.attributes["db.response.status_code"], "1146");
        if (name !== "mysql2") {
          assertEquals(namesOf(one(await visit("/connection"))), ["select"]);
          return;
        }
        assertEquals(namesOf(one(await visit("/events"))), ["select information_schema.tables"]);
        // The second request waits for the first one's connection.
        const both = await visit("/slow", "/quick");
        assertEquals(both.map(namesOf), [["select"], ["set"]]);
      });
    });
  }, NEEDS_MARIADB);
}

/** The client, its program, how it is imported, its database, and the requested path. */
const HIDDEN = [
  ["pg", "npm:pg@8.23.1", withPostgres, NEEDS_POSTGRES, "/query"],
  ["ioredis", "npm:ioredis@5.11.1", withRedis, NEEDS_REDIS, "/set"],
  ["mysql2", "npm:mysql2@3.24.6", withMariadb, NEEDS_MARIADB, "/query"],
  ["mysql2/promise", "npm:mysql2@3.24.6/promise", withMariadb, NEEDS_MARIADB, "/query"],
] as const;

for (const deno of DENOS.filter(({ version }) => isAtLeast(version, TELLS_LOADED_SINCE))) {
  for (const [name, address, withDatabase, condition, path] of HIDDEN) {
    const title = `deno ${deno.version}: ${name} is found when the program loads it`;
    testIf(condition, NEEDS, title, async () => {
      await buildPreload();
      await withDatabase(async (port) => {
        const program = {
          program: `${name.replace("/", "_")}.mjs`,
          imports: { [name]: address },
          args: ["--allow-net", "--allow-env", "--allow-sys"],
          port,
        };
        await withDatabaseProgram(deno, program, async (visit) => {
          assertEquals(one(await visit(path)).length, 1);
        });
      });
    });
  }
}

function one([calls = []]: ReceivedSpan[][]): ReceivedSpan[] {
  return calls;
}

function namesOf(spans: readonly ReceivedSpan[]): string[] {
  return spans.map(({ name }) => name);
}
