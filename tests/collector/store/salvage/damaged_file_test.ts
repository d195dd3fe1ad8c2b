import { assert, assertEquals, assertMatch } from "@std/assert";
import { Buffer } from "node:buffer";
import { DatabaseSync } from "node:sqlite";
import { SIGNALS } from "../../../../lib/otlp/signal.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { testWith } from "../../../helpers/needs.ts";
import { logsRequest } from "../requests.ts";
import {
  add,
  checkDamaged,
  createFile,
  DAMAGES,
  fillFile,
  PAGE_BYTES,
  REQUESTS,
  SPANS,
  start,
} from "./damaged_files.ts";

const NEEDS = ["read", "write"] as const;
/** Where the number of log records is in what `start()` returns. */
const LOGS = 1;

for (const [name, damage] of Object.entries(DAMAGES)) {
  testWith(NEEDS, `no page of a file can be damaged in silence: ${name}`, async () => {
    await withFolder(async (folder) => {
      const whole = await createFile(`${folder}/whole.db`);
      await Deno.writeFile(`${folder}/copy.db`, whole);
      const { kept: everything } = await start(`${folder}/copy.db`);
      for (let page = 0; page < whole.length / PAGE_BYTES; page++) {
        const bytes = Buffer.from(whole);
        damage(bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
        await checkDamaged(`${folder}/page ${page + 1}.db`, bytes, everything!);
      }
    });
  });
}

for (const name of ["zero", "noise"] as const) {
  testWith(NEEDS, `no part of a log can be damaged in silence: ${name}`, async () => {
    await withFolder(async (folder) => {
      const { whole, log } = await leaveOpen(`${folder}/killed.db`);
      const count = Math.ceil(log.length / PAGE_BYTES);
      // The first parts, the last ones, and some in between.
      const parts = Array.from({ length: count }, (_, i) => i)
        .filter((i) => i < 4 || i > count - 5 || i % 37 === 0);
      for (const part of parts) {
        const file = `${folder}/part ${part}.db`;
        const bytes = Buffer.from(log);
        DAMAGES[name](bytes.subarray(part * PAGE_BYTES, (part + 1) * PAGE_BYTES));
        await Deno.writeFile(file, whole);
        await Deno.writeFile(`${file}-wal`, bytes);
        const refused = await start(file);
        assertMatch(refused.error ?? "", /it is damaged \(.* log\)\. What can be saved/, file);
        assert(bytes.equals(await Deno.readFile(`${file}-wal`)), `${file} was changed`);
        const recovered = await start(file, true);
        const [, saved, total] = /(\d+) of (\d+) requests of traces/
          .exec(recovered.notices.join())!.map(Number);
        assertEquals(total, REQUESTS.traces, file);
        assert(saved! >= REQUESTS.traces - 9, `${file}: ${recovered.notices}`);
        assert(bytes.equals(await Deno.readFile(`${file}.damaged-wal`)));
      }
    });
  });
}

testWith(NEEDS, "a log that a killed process left is no damage, nor its last frame", async () => {
  await withFolder(async (folder) => {
    const { whole, log } = await leaveOpen(`${folder}/killed.db`);
    const expected = (REQUESTS.traces - 1) * SPANS;
    for (const [name, bytes] of [["left", log], ["cut", addTornFrame(log)]] as const) {
      const file = `${folder}/${name}.db`;
      await Deno.writeFile(file, whole);
      await Deno.writeFile(`${file}-wal`, bytes);
      const { kept, notices } = await start(file);
      assertEquals([kept?.[0], notices], [expected, []], name);
    }
  });
});

testWith(NEEDS, "a file that lost its pages, but not its log, is saved from that", async () => {
  await withFolder(async (folder) => {
    const { log } = await leaveOpen(`${folder}/killed.db`);
    const file = `${folder}/lost.db`;
    await Deno.writeFile(file, new Uint8Array());
    await Deno.writeFile(`${file}-wal`, log);
    assertMatch(
      (await start(file)).error ?? "",
      /it is damaged \(it is missing, and only its log is left\)/,
    );
    const { kept } = await start(file, true);
    assertEquals(kept?.[0], (REQUESTS.traces - 1) * SPANS);
  });
});

testWith(NEEDS, "a file that was cut is refused, and what is left of it saved", async () => {
  await withFolder(async (folder) => {
    const whole = await createFile(`${folder}/whole.db`);
    const pages = whole.length / PAGE_BYTES;
    for (const length of [pages - 1, pages / 2, 9.5, 2].map((part) => part * PAGE_BYTES)) {
      const file = `${folder}/${length} bytes.db`;
      await Deno.writeFile(file, whole.subarray(0, length));
      assertMatch((await start(file)).error ?? "", /it is damaged .*--db-recover/s, file);
      const { kept, notices } = await start(file, true);
      assert(kept, file);
      assertMatch(notices.join(), /saved .*kept as/);
      assertEquals((await start(file)).kept?.[0], kept[0]);
    }
  });
});

testWith(NEEDS, "an empty file is used, and that is said", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/empty.db`, new Uint8Array());
    const { kept, notices } = await start(`${folder}/empty.db`);
    assertEquals(kept, [0, 0, 0]);
    assertMatch(notices.join(), /was an empty file/);
  });
});

testWith(NEEDS, "a file that is none of ours is never touched", async () => {
  await withFolder(async (folder) => {
    const notes = Buffer.from("These are notes, no database. ".repeat(1000));
    await Deno.writeFile(`${folder}/notes.txt`, notes);
    for (const isRecovering of [false, true]) {
      const { error } = await start(`${folder}/notes.txt`, isRecovering);
      assertMatch(error ?? "", /it is no database/);
    }
    assert(notes.equals(await Deno.readFile(`${folder}/notes.txt`)));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["notes.txt"]);
  });
});

testWith(NEEDS, "a whole file is used with --db-recover, too", async () => {
  await withFolder(async (folder) => {
    await createFile(`${folder}/whole.db`);
    const { kept, notices } = await start(`${folder}/whole.db`, true);
    assertEquals(kept?.[0], (REQUESTS.traces - 1) * SPANS);
    assertMatch(notices.join(), /is not damaged: nothing to recover/);
  });
});

testWith(NEEDS, "a file of format 3 is taken over", async () => {
  await withFolder(async (folder) => {
    await createFile(`${folder}/old.db`);
    const whole = await start(`${folder}/old.db`);
    makeFormat3(`${folder}/old.db`);
    assertEquals((await start(`${folder}/old.db`)).notices, []);
    const { kept } = await start(`${folder}/old.db`);
    assertEquals(kept, whole.kept?.map((count, i) => i === LOGS ? count + 2 : count));
  });
});

testWith(
  NEEDS,
  "a huge request is saved from a damaged file, unless it is damaged itself",
  async () => {
    await withFolder(async (folder) => {
      const engine = await fillFile(`${folder}/huge.db`);
      await add(engine, "logs", logsRequest([{ body: { stringValue: "y".repeat(9 * 2 ** 20) } }]));
      await engine.close();
      const whole = Buffer.from(await Deno.readFile(`${folder}/huge.db`));
      const { length } = whole;
      for (const [at, isSaved] of [[length / 2, false], [5 * PAGE_BYTES, true]] as const) {
        const bytes = Buffer.from(whole);
        bytes.fill(0, at, at + 100);
        const file = `${folder}/${isSaved}.db`;
        await Deno.writeFile(file, bytes);
        const { kept, notices } = await start(file, true);
        const total = REQUESTS.logs + 1;
        const saved = isSaved ? total : total - 1;
        assertEquals(kept?.[LOGS], saved);
        assertMatch(notices.join(), new RegExp(`saved .*${saved} of ${total} requests of logs`));
      }
    });
  },
);

testWith(NEEDS, "a file of format 1 is taken over, and saved if it is damaged", async () => {
  await withFolder(async (folder) => {
    await createFile(`${folder}/old.db`);
    makeFormat1(`${folder}/old.db`);
    const old = await Deno.readFile(`${folder}/old.db`);
    const { kept, notices } = await start(`${folder}/old.db`);
    assertEquals([kept?.[0], notices], [(REQUESTS.traces - 1) * SPANS, []]);
    assertEquals((await start(`${folder}/old.db`)).notices, []);
    for (const page of [0, 5, 20]) {
      const bytes = Buffer.from(old);
      DAMAGES.noise(bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
      await checkDamaged(`${folder}/page ${page}.db`, bytes, kept!);
    }
  });
});

/** A file and its log as a killed process leaves them. */
async function leaveOpen(file: string) {
  const engine = await fillFile(file);
  const whole = await Deno.readFile(file);
  const log = await Deno.readFile(`${file}-wal`);
  await engine.close();
  return { whole, log };
}

/** Adds the beginning of another frame, whose write was interrupted. */
function addTornFrame(log: Uint8Array): Uint8Array {
  const frame = log.slice(32, 32 + 24 + 100);
  return Buffer.concat([log, frame]);
}

function makeFormat3(file: string): void {
  using database = new DatabaseSync(file);
  database.exec("DROP TABLE segment_chunks; DROP TABLE unfinished_segments");
  database.exec("PRAGMA user_version = 3");
}

function makeFormat1(file: string): void {
  makeFormat3(file);
  using database = new DatabaseSync(file);
  for (const signal of SIGNALS) {
    database.exec(`ALTER TABLE ${signal}_segments DROP COLUMN checksum`);
  }
  database.exec("DROP TABLE segment_bounds; PRAGMA user_version = 1");
}
