import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { MemoryGovernor } from "../../../../lib/collector/store/worker/memory_governor.ts";
import { testWith } from "../../../helpers/needs.ts";

const MIB = 2 ** 20;
const MAX_BYTES = 96 * MIB;

testWith(
  ["read", "run", "env"],
  "a process with a full store stays within its bytes and 128 MB",
  async () => {
    const { stdout, success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--allow-read", FLOOD_PROGRAM, String(MAX_BYTES)],
      stderr: "inherit",
    }).output();
    assert(success);
    const { peakResident, bytes, signals } = JSON.parse(new TextDecoder().decode(stdout));
    assert(bytes <= MAX_BYTES);
    assert(signals.traces.evicted > signals.traces.kept, "the store was never full");
    assert(peakResident < MAX_BYTES + 128e6, `${peakResident} bytes were resident`);
  },
);

Deno.test("the store grows while the process has room, and shrinks when it has none", () => {
  let resident = 100 * MIB;
  const governor = new MemoryGovernor(MAX_BYTES, () => resident);
  const grow = (steps: number, start: number) => {
    let limit = 0;
    for (let i = 0; i < steps; i++) limit = governor.limitOf(MAX_BYTES, start + i * 100);
    return limit;
  };
  assertEquals(grow(1, 0), 52 * MIB);
  assertEquals(grow(50, 100), MAX_BYTES);
  resident = 300 * MIB;
  assertEquals(grow(1, 10_000), 92 * MIB);
  assertEquals(grow(50, 10_100), 48 * MIB);
});

Deno.test("the store does not grow before it is full", () => {
  const governor = new MemoryGovernor(MAX_BYTES, () => 0);
  assertEquals(governor.limitOf(10 * MIB, 0), 48 * MIB);
  assertEquals(governor.limitOf(10 * MIB, 500), 48 * MIB);
});

const FLOOD_PROGRAM = fileURLToPath(new URL("flood_program.ts", import.meta.url));
