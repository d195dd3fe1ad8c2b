import { assert, assertEquals, assertRejects } from "@std/assert";
import { DatabaseError } from "../../../../lib/collector/store/database_error.ts";
import { SqliteSegments } from "../../../../lib/collector/store/segments/sqlite_segments.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { examine } from "../../../../lib/collector/store/salvage/salvage.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { testWith } from "../../../helpers/needs.ts";
import { poll } from "../../../helpers/poll.ts";
import { logsRequest, metricsRequest, span, tracesRequest } from "../requests.ts";

const LIMITS = { maxTraces: 1e5, maxBytes: 2 ** 28 };
/** Enough for several parts. */
const ITEMS = 45_000;
const BODY = { stringValue: "x".repeat(30) };

const LONG = {
  traces: () => tracesRequest(Array.from({ length: ITEMS }, (_, i) => span(`${i + 1}`, "1"))),
  logs: () => logsRequest(Array(ITEMS).fill({ body: BODY })),
  metrics: () => {
    const dataPoints = Array.from({ length: 90 }, (_, i) => ({ timeUnixNano: `${i + 1}` }));
    const description = "x".repeat(3000);
    return metricsRequest(
      Array.from(
        { length: ITEMS / 90 },
        (_, i) => ({ name: `m${i}`, description, gauge: { dataPoints } }),
      ),
    );
  },
};
const longLogs = () => ({ signal: "logs" as const, bytes: LONG.logs() });
const shortLogs = () => ({ signal: "logs" as const, bytes: logsRequest([{ body: BODY }]) });

testWith(
  ["read", "write"],
  "log records of a request during which the file failed are there once after a retry",
  async () => {
    await withFolder(async (folder) => {
      const options = { ...LIMITS, file: `${folder}/kept.db` };
      const engine = new StoreEngine(options);
      await engine.add([shortLogs()]);
      await onAppend(2, failAsFull, async () => {
        await assertRejects(() => engine.add([longLogs()]), DatabaseError, "the disk is full");
      });
      assertEquals(await keptLogs(engine), 1);
      await retry(engine);
      assertEquals(await keptLogs(engine), 1 + ITEMS);
      await engine.close();
      const again = new StoreEngine(options);
      assertEquals(await keptLogs(again), 1 + ITEMS);
      await again.close();
    });
  },
);

testWith(
  ["read", "write"],
  "a long request is interrupted if the file fails for another request meanwhile",
  async () => {
    await withFolder(async (folder) => {
      const engine = new StoreEngine({ ...LIMITS, file: `${folder}/kept.db` });
      let short: Promise<unknown> | undefined;
      const sendAnother = () => {
        queueMicrotask(() => {
          short = onAppend(1, failAsFull, async () => {
            await assertRejects(() => engine.add([shortLogs()]), DatabaseError);
          });
        });
      };
      await onAppend(2, sendAnother, async () => {
        await assertRejects(() => engine.add([longLogs()]), DatabaseError, "the disk is full");
      });
      await short;
      assertEquals(await keptLogs(engine), 0);
      await retry(engine);
      assertEquals(await keptLogs(engine), ITEMS);
      await engine.close();
    });
  },
);

for (const signal of ["traces", "logs", "metrics"] as const) {
  testWith(
    ["read", "write"],
    `${signal} of a request during which the process ended are not there when it is started again`,
    async () => {
      await withFolder(async (folder) => {
        const file = `${folder}/kept.db`;
        const copy = `${folder}/copy.db`;
        const engine = new StoreEngine({ ...LIMITS, file });
        const copyFile = () => {
          queueMicrotask(() => {
            for (const end of ["", "-wal"]) Deno.copyFileSync(file + end, copy + end);
          });
        };
        await onAppend(2, copyFile, async () => {
          await engine.add([{ signal, bytes: LONG[signal]() }]);
        });
        const { kept } = (await engine.stats()).signals[signal];
        await engine.close();
        assertEquals(examine(file).counts[signal].total, examine(file).counts[signal].saved);
        assertEquals(examine(copy).counts[signal], { saved: 0, total: 0 });

        const again = new StoreEngine({ ...LIMITS, file: copy });
        assertEquals((await again.stats()).signals[signal].kept, 0);
        await again.add([{ signal, bytes: LONG[signal]() }]);
        assertEquals((await again.stats()).signals[signal].kept, kept);
        await again.close();
        assert(Deno.statSync(copy).size < 1.2 * Deno.statSync(file).size, "its space is not used");
        const last = new StoreEngine({ ...LIMITS, file: copy });
        assertEquals((await last.stats()).signals[signal].kept, kept);
        await last.close();
      });
    },
  );
}

async function keptLogs(engine: StoreEngine): Promise<number> {
  return (await engine.stats()).signals.logs.kept;
}

/** Sends the long request again until the file is tried again. */
async function retry(engine: StoreEngine): Promise<void> {
  await poll(async () => {
    try {
      return { result: await engine.add([longLogs()]) };
    } catch (error) {
      assert(error instanceof DatabaseError, String(error));
      return { answer: error.message };
    }
  }, "a file that can be written again");
}

function failAsFull(): never {
  throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
}

/** Calls back after a segment was written, counted from one; what it throws is an error of SQLite. */
async function onAppend(
  number: number,
  callback: () => void,
  run: () => Promise<void>,
): Promise<void> {
  const { append } = SqliteSegments.prototype;
  let count = 0;
  SqliteSegments.prototype.append = function (bytes) {
    append.call(this, bytes);
    if (++count === number) callback();
  };
  try {
    await run();
    assert(count >= number, "the segment was not written");
  } finally {
    SqliteSegments.prototype.append = append;
  }
}
