import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { storedBytesOf } from "../../../../lib/collector/store/worker/stored_bytes.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { testWith } from "../../../helpers/needs.ts";

const MIB = 2 ** 20;

/** What is sent, and the bytes of the store. */
const FLOODS = [
  { kind: "spans", signal: "traces", maxBytes: 96 * MIB },
  { kind: "small traces", signal: "traces", maxBytes: 96 * MIB },
  { kind: "small log records", signal: "logs", maxBytes: 96 * MIB },
  { kind: "huge attributes", signal: "traces", maxBytes: 256 * MIB },
] as const;

for (const { kind, signal, maxBytes } of FLOODS) {
  for (const isInFile of [false, true]) {
    testWith(
      ["read", "write", "run", "env"],
      `a process that stores ${kind} ${
        isInFile ? "in a file " : ""
      }stays within its bytes and 128 MB`,
      async () => {
        await withFolder(async (folder) => {
          const file = isInFile ? [`${folder}/store.db`] : [];
          const { peakResident, bytes, signals } = await flood(kind, maxBytes, file);
          assert(bytes <= maxBytes);
          assert(signals[signal].evicted > 0, "the store was never full");
          assert(signals[signal].kept > 0, "nothing was kept");
          assert(peakResident < maxBytes + 128e6, `${peakResident} bytes were resident`);
        });
      },
    );
  }
}

Deno.test("a store leaves room in memory for in-flight requests", () => {
  const inMemory = (size: number) => ({ all: size, inMemory: size });
  assertEquals(storedBytesOf({ maxBytes: 2 ** 30 }), inMemory(2 ** 30 - 160 * MIB));
  assertEquals(storedBytesOf({ maxBytes: 64 * MIB }), inMemory(24 * MIB));
  const inFile = storedBytesOf({ maxBytes: 64 * MIB, file: "kept.db" });
  assertEquals(inFile, { all: 64 * MIB, inMemory: 24 * MIB });
});

const FLOOD_PROGRAM = fileURLToPath(new URL("flood_program.ts", import.meta.url));

/** Fills a store several times over, and returns its statistics and the peak memory of the process. */
async function flood(kind: string, maxBytes: number, file: string[]) {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      // Deno allows reading /proc only with all permissions.
      "--allow-all",
      FLOOD_PROGRAM,
      kind,
      String(maxBytes),
      ...file,
    ],
    stderr: "inherit",
  }).output();
  assert(success);
  return JSON.parse(new TextDecoder().decode(stdout));
}
