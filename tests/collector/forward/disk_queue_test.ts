import { assertEquals, assertThrows } from "@std/assert";
import { DiskQueue } from "../../../lib/collector/forward/disk_queue.ts";
import { DatabaseError } from "../../../lib/collector/store/database_error.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";

const MIB = 1024 ** 2;

testWith(
  ["read", "write"],
  "DiskQueue has after a restart what is not done, in order",
  async () => {
    await withQueues((open) => {
      const queue = open();
      for (const byte of [1, 2, 3]) queue.add("traces", Uint8Array.of(byte), 1);
      queue.add("logs", Uint8Array.of(4), 1);
      queue.done(queue.take("traces")!);
      queue.take("traces"); // Being sent when the process ends.
      queue.close();

      const next = open();
      assertEquals(next.length, 3);
      assertEquals([2, 3].map(() => next.take("traces")?.body[0]), [2, 3]);
      assertEquals([next.take("traces"), next.has("traces"), next.has("logs")], [
        undefined,
        false,
        true,
      ]);
      next.close();
    });
  },
);

testWith(
  ["read", "write"],
  "DiskQueue keeps a reserved request unless it is cancelled",
  async () => {
    await withQueues((open) => {
      const queue = open();
      queue.reserve("traces", Uint8Array.of(1));
      queue.cancel(queue.reserve("traces", Uint8Array.of(2)));
      queue.add("traces", Uint8Array.of(3), 1, queue.reserve("traces", Uint8Array.of(3)));
      assertEquals(queue.length, 1);
      queue.close();

      const next = open();
      assertEquals([1, 3].map(() => next.take("traces")?.body[0]), [1, 3]);
      next.close();
    });
  },
);

testWith(["read", "write"], "DiskQueue drops the oldest if it is full, for good", async () => {
  await withQueues((open) => {
    const queue = open(MIB);
    const body = () => new Uint8Array(MIB / 4);
    const dropped = Array.from(
      { length: 5 },
      (_, i) => queue.add(i > 0 ? "traces" : "logs", body(), 1),
    );
    assertEquals(dropped, [0, 0, 0, 1, 1]);
    assertEquals([queue.length, queue.has("logs")], [3, false]);
    queue.close();
    const next = open(MIB);
    assertEquals([next.length, next.bytes <= MIB], [3, true]);
    next.close();
  });
});

testWith(["read", "write"], "DiskQueue refuses the file of another program", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/queue`;
    await Deno.writeTextFile(path, "a text file, and long enough for a header\n".repeat(20));
    assertThrows(() => new DiskQueue(path, MIB), DatabaseError, "it is no database");
  });
});

testWith(["read", "write"], "DiskQueue's file belongs to its owner only", async () => {
  await withFolder((folder) => {
    const path = `${folder}/queue`;
    new DiskQueue(path, MIB).close();
    const { mode } = Deno.statSync(path);
    assertEquals(Deno.build.os === "windows" ? 0o600 : mode! & 0o777, 0o600);
    return Promise.resolve();
  });
});

async function withQueues(use: (open: (maxBytes?: number) => DiskQueue) => void): Promise<void> {
  await withFolder((folder) => {
    use((maxBytes = MIB) => new DiskQueue(`${folder}/queue`, maxBytes));
    return Promise.resolve();
  });
}
