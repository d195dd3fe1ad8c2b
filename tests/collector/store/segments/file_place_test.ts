import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { DatabaseError } from "../../../../lib/collector/store/database_error.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { type FakeTime, stopTime } from "../../../helpers/fake_time.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { testWith } from "../../../helpers/needs.ts";
import { span, tracesRequest } from "../requests.ts";

/** Windows doesn't release a file that is open. */
const NEEDS = ["read", "write", "signals"] as const;

const attributes = [{ key: "padding", value: { stringValue: "x".repeat(10_000) } }];

async function add(engine: StoreEngine, trace: number): Promise<void> {
  const spans = Array.from(
    { length: 20 },
    (_, i) => span(trace.toString(16), (i + 1).toString(16), { attributes }),
  );
  await engine.add([{ signal: "traces", bytes: tracesRequest(spans) }]);
}

/** A store in a file with some traces; time is stopped. */
async function withFile(
  traces: number,
  use: (engine: StoreEngine, file: string, time: FakeTime) => Promise<void>,
): Promise<void> {
  using time = stopTime();
  await withFolder(async (folder) => {
    const file = `${folder}/store.db`;
    const engine = new StoreEngine({ maxTraces: 10_000, maxBytes: 2 ** 28, file });
    for (let trace = 1; trace <= traces; trace++) await add(engine, trace);
    try {
      await use(engine, file, time);
    } finally {
      await engine.close();
    }
  });
}

async function kept(engine: StoreEngine): Promise<number> {
  engine.check();
  return (await engine.stats()).traces.kept;
}

testWith(NEEDS, "a deleted file is noticed, and the store accepts nothing more", async () => {
  await withFile(3, async (engine, file, time) => {
    await Deno.remove(file);
    time.jump(1000);
    const error = await assertRejects(() => add(engine, 4), DatabaseError);
    assertEquals(error.trouble, "gone");
    assertMatch(
      error.message,
      /the file was deleted, or another one was put in its place\. What it /,
    );
    // Stored data can still be read.
    assertEquals(await kept(engine), 3);
    assertEquals((await engine.findTraces({ limit: 10 })).traces.length, 3);
    assertEquals(engine.checkPlace(), undefined, "told already");
    await engine.clear();
    await add(engine, 5);
    assertEquals([await kept(engine), (await Deno.stat(file)).isFile], [1, true]);
  });
});

testWith(NEEDS, "a replaced file is noticed even if nothing arrives", async () => {
  await withFile(1, async (engine, file, time) => {
    assertEquals(engine.checkPlace(), undefined);
    await Deno.writeTextFile(`${file}.other`, "another program's");
    await Deno.rename(`${file}.other`, file);
    assertEquals(engine.checkPlace(), undefined, "it is not looked at all the time");
    time.jump(1000);
    assertEquals(engine.checkPlace()?.trouble, "gone");
    await assertRejects(() => add(engine, 2), DatabaseError);
    await assertRejects(() => engine.clear(), DatabaseError);
    assertEquals(await Deno.readTextFile(file), "another program's");
  });
});

testWith(
  NEEDS,
  "a file that is damaged while it is open never looks empty",
  async () => {
    for (const damage of ["zero", "cut"] as const) {
      await withFile(400, async (engine, file, time) => {
        // Data in the log stays readable.
        assertEquals((await Deno.stat(file)).size > 4e6, true);
        if (damage === "cut") await Deno.truncate(file, 4096);
        else {
          using open = await Deno.open(file, { write: true });
          await open.write(new Uint8Array((await Deno.stat(file)).size));
        }
        const troubles = new Set<string>();
        for (let trace = 1000; trace < 1500; trace++) {
          time.jump(1000);
          await add(engine, trace).catch((error) => {
            if (!(error instanceof DatabaseError)) throw error;
            troubles.add(error.trouble);
          });
        }
        if (troubles.size > 0) {
          assertEquals([...troubles], ["damaged"]);
          await assertRejects(() => kept(engine), DatabaseError);
        } else assertEquals(await kept(engine) >= 400, true);
        await engine.clear();
        await add(engine, 1);
        assertEquals(await kept(engine), 1);
      });
    }
  },
);
