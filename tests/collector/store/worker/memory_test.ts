import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { storedBytesOf } from "../../../../lib/collector/store/worker/stored_bytes.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { testWith } from "../../../helpers/needs.ts";

const MIB = 2 ** 20;
const MAX_BYTES = 96 * MIB;

for (const isInFile of [false, true]) {
  testWith(
    ["read", "write", "run", "env"],
    `a process with a full store ${isInFile ? "in a file " : ""}stays within its bytes and 128 MB`,
    async () => {
      await withFolder(async (folder) => {
        const { peakResident, bytes, signals } = await flood(
          isInFile ? [`${folder}/store.db`] : [],
        );
        assert(bytes <= MAX_BYTES);
        assert(signals.traces.evicted > signals.traces.kept, "the store was never full");
        assert(peakResident < MAX_BYTES + 128e6, `${peakResident} bytes were resident`);
      });
    },
  );
}

Deno.test("a store in memory leaves room for in-flight requests", () => {
  assertEquals(storedBytesOf({ maxBytes: 2 ** 30 }), 2 ** 30 - 160 * MIB);
  assertEquals(storedBytesOf({ maxBytes: 64 * MIB }), 24 * MIB);
  assertEquals(storedBytesOf({ maxBytes: 64 * MIB, file: "kept.db" }), 64 * MIB);
});

const FLOOD_PROGRAM = fileURLToPath(new URL("flood_program.ts", import.meta.url));

/** Fills a store several times over, and returns its statistics and the peak memory of the process. */
async function flood(file: string[]) {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-read",
      "--allow-write",
      FLOOD_PROGRAM,
      String(MAX_BYTES),
      ...file,
    ],
    stderr: "inherit",
  }).output();
  assert(success);
  return JSON.parse(new TextDecoder().decode(stdout));
}
