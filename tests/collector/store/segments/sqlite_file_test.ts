import { assert, assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import type { Store } from "../../../../lib/collector/store/store.ts";
import { testWith } from "../../../helpers/needs.ts";
import { logsRequest, metricsRequest, span, tracesRequest } from "../requests.ts";
import { wholeOf } from "../../../helpers/span_parts.ts";

const LIMITS = { maxTraces: 1000, maxBytes: 2 ** 24 };

testWith(["read", "write"], "a store with a file finds everything again", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/store.db`;
  const traceId = "1".padStart(32, "0");
  const read = async () => {
    await using store = await openStore({ ...LIMITS, file });
    const { signals, traces, series } = await store.stats();
    return {
      kept: [signals.traces.kept, signals.logs.kept, signals.metrics.kept],
      traces: traces.kept,
      series: series.kept,
      list: await store.findTraces({ limit: 10 }),
      trace: await wholeOf(await store.trace(traceId)),
      logs: await store.findLogs({ limit: 10 }),
      metric: await store.metricJson("queue"),
    };
  };
  {
    await using store = await openStore({ ...LIMITS, file });
    await store.add("traces", tracesRequest([span("1", "1"), span("2", "1")]));
    await store.add("logs", logsRequest([{ body: { stringValue: "hello" } }]));
    await store.add("metrics", metricsRequest([{ name: "queue", gauge: { dataPoints: [{}] } }]));
    await store.add(
      "traces",
      tracesRequest([span("1", "2", { parentSpanId: "1".padStart(16, "0") })]),
    );
  }
  const first = await read();
  assertEquals(first.kept, [3, 1, 1]);
  assertEquals(first.list.traces.map(({ spanCount }) => spanCount), [1, 2]);
  assertEquals(await read(), first);
});

testWith(["read", "write", "modes"], "a new file is accessible only to its owner", async () => {
  await using folder = await temporaryFolder();
  const modesOf = async () =>
    (await Array.fromAsync(Deno.readDir(folder.path))).map(({ name }) =>
      Deno.statSync(`${folder.path}/${name}`).mode! & 0o777
    );
  {
    await using store = await openStore({ ...LIMITS, file: `${folder.path}/store.db` });
    await store.add("traces", tracesRequest([span("1", "1")]));
    assertEquals(new Set(await modesOf()), new Set([0o600]));
  }
  await Deno.chmod(`${folder.path}/store.db`, 0o640);
  await using _ = await openStore({ ...LIMITS, file: `${folder.path}/store.db` });
  assertEquals(new Set(await modesOf()), new Set([0o640]));
});

testWith(["read", "write"], "deleted and evicted data does not come back", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/store.db`;
  {
    await using store = await openStore({ maxTraces: 2, maxBytes: 2 ** 24, file });
    // The second request has a part of each trace: evicted traces must be gone from it too.
    await store.add("traces", tracesRequest([span("1", "1"), span("2", "1"), span("3", "9")]));
    await store.add("traces", tracesRequest([span("2", "2"), span("3", "1")]));
    await store.clear("3".padStart(32, "0"));
    await store.add("traces", tracesRequest([span("4", "1"), span("5", "1")]));
  }
  await using store = await openStore({ ...LIMITS, file });
  const { traces } = await store.findTraces({ limit: 10 });
  assertEquals(traces.map(({ traceId }) => traceId.at(-1)), ["5", "4"]);
  await store.clear();
  assertEquals((await store.stats()).signals.traces.received, 0);
});

testWith(
  ["read", "write", "run", "env", "signals"],
  "a killed store has everything that it confirmed",
  async () => {
    await using folder = await temporaryFolder();
    const file = `${folder.path}/store.db`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-read", "--allow-write", "--no-check", KILLED_PROGRAM, file],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    let stored = 0;
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop()!;
      if (lines.length > 0) stored = Number(lines.at(-1));
      if (stored >= 300) child.kill("SIGKILL");
    }
    assertEquals((await child.status).signal, "SIGKILL");
    await using store = await openStore({ maxTraces: 100_000, maxBytes: 2 ** 28, file });
    const { kept } = (await store.stats()).signals.traces;
    assert(kept >= stored * 10, `${kept} spans are there, ${stored * 10} were stored`);
    for (const request of [0, Math.floor(stored / 2), stored - 1]) {
      const id = (request + 1).toString(16).padStart(32, "0");
      assertEquals((await store.traceSummary(id))?.spanCount, 10);
    }
  },
);

testWith(["read", "write"], "an unusable file is rejected with the reason", async () => {
  await using folder = await temporaryFolder();
  const refused = async (name: string, reason: string) => {
    const file = `${folder.path}/${name}`;
    await assertRejects(
      () => openStore({ ...LIMITS, file }),
      Error,
      `Cannot use "${file}" as the database: ${reason}`,
    );
  };
  await Deno.writeTextFile(`${folder.path}/notes.txt`, "These are notes, no database. ".repeat(9));
  await refused("notes.txt", "it is no database. Choose another file with --db");
  new DatabaseSync(`${folder.path}/other.db`).exec("CREATE TABLE t (a)");
  await refused("other.db", "it is a database of another program");
  const absent = `${folder.path}/no/such/folder.db`;
  await refused(
    "no/such/folder.db",
    `unable to open database file: ${absent}. Choose another file, in a folder that can be written`,
  );

  const newer = `${folder.path}/newer.db`;
  await (await openStore({ ...LIMITS, file: newer }))[Symbol.asyncDispose]();
  using database = new DatabaseSync(newer);
  database.exec("PRAGMA user_version = 7");
  database.close();
  await refused("newer.db", "it has format 7 of a newer otel-kit, wanted 4");

  const damaged = `${folder.path}/damaged.db`;
  {
    await using store = await openStore({ ...LIMITS, file: damaged });
    await store.add("traces", tracesRequest([span("1", "1")]));
    await refused("damaged.db", "another process uses it");
  }
  using damagedDatabase = new DatabaseSync(damaged);
  damagedDatabase.exec("UPDATE traces_segments SET bytes = x'0a7f'");
  damagedDatabase.close();
  await refused(
    "damaged.db",
    "it is damaged (request 0 of traces has changed). What can be saved is 0 of 1 requests of traces",
  );
});

testWith(["read", "write"], "a huge record is found again, and can be evicted", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/store.db`;
  const text = "x".repeat(9 * 2 ** 20);
  const options = { maxTraces: 1000, maxBytes: 2 ** 26, file };
  const huge = (body: string) => logsRequest([{ body: { stringValue: body + text } }]);
  const lengths = async (store: Store) =>
    (await store.findLogs({ limit: 10 })).logs.map(({ body }) => body.stringValue?.length);
  {
    await using store = await openStore(options);
    await store.add("logs", huge("a"));
    await store.add("traces", tracesRequest([span("1", "1")]));
    assertEquals(await lengths(store), [text.length + 1]);
  }
  {
    await using store = await openStore(options);
    assertEquals(await lengths(store), [text.length + 1]);
    const { bytes } = await store.stats();
    assert(bytes > text.length, `${bytes} bytes are counted`);
    for (let i = 0; i < 8; i++) await store.add("logs", huge("a".repeat(i)));
    const { signals } = await store.stats();
    assertEquals(signals.logs.kept + signals.logs.evicted, 9);
    assert(signals.logs.evicted > 0);
  }
  {
    await using store = await openStore(options);
    assertEquals((await lengths(store))[0], text.length + 7);
    await store.clear();
    assertEquals((await store.stats()).signals.logs.kept, 0);
  }
  assert(Deno.statSync(file).size < 2 ** 20, "space of long requests is not free");
});

testWith(["read", "write"], "the file stays within its size limit", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/store.db`;
  const maxBytes = 2 ** 20;
  {
    await using store = await openStore({ maxTraces: 10_000, maxBytes, file });
    for (let i = 0; i < 400; i++) {
      const attributes = [{ key: "padding", value: { stringValue: "x".repeat(20_000) } }];
      await store.add("traces", tracesRequest([span(`${i}`, "1", { attributes })]));
    }
    const { bytes, signals } = await store.stats();
    assert(bytes <= maxBytes);
    assert(signals.traces.evicted > 300);
  }
  const { size } = await Deno.stat(file);
  assert(size < 2 * maxBytes, `the file has ${size} bytes`);
});

const KILLED_PROGRAM = fileURLToPath(new URL("killed_program.ts", import.meta.url));

async function temporaryFolder() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
