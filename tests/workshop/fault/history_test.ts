import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FAULT_KIND_NAMES, type FaultKind } from "../../../lib/workshop/fault/fault.ts";
import { addToHistory, nextKind, readHistory } from "../../../lib/workshop/fault/history.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";

testWith(
  ["read", "write"],
  "a learner meets every kind before one comes again",
  () =>
    withFolder(async (folder) => {
      const path = `${folder}/new/faults.json`;
      const met: FaultKind[] = [];
      const rounds = 3;
      for (let i = 0; i < rounds * FAULT_KIND_NAMES.length; i++) {
        const kind = nextKind(await readHistory(path), (i * 0.37) % 1);
        assert(kind !== met.at(-1), `${kind} twice in a row`);
        met.push(kind);
        await addToHistory(path, kind);
      }
      for (let round = 0; round < rounds; round++) {
        const size = FAULT_KIND_NAMES.length;
        const kinds = new Set(met.slice(round * size, (round + 1) * size));
        assertEquals(kinds.size, size, `round ${round}`);
      }
    }),
);

testWith(
  ["read", "write"],
  "a kind that was asked for counts, and a broken file doesn't",
  () =>
    withFolder(async (folder) => {
      const path = `${folder}/faults.json`;
      await addToHistory(path, "clock-skew");
      await addToHistory(path, "cardinality");
      await addToHistory(path, "clock-skew");
      assertEquals(await readHistory(path), ["cardinality", "clock-skew"]);
      await Deno.writeTextFile(path, '["no-such-kind"]');
      assertEquals(await readHistory(path), []);
      // A folder can't be written to.
      await addToHistory(folder, "cardinality");
    }),
);

Deno.test("nextKind() draws each open kind for some number", () => {
  fc.assert(fc.property(fc.subarray(FAULT_KIND_NAMES), (met) => {
    const drawn = Array.from({ length: 100 }, (_, i) => nextKind(met, i / 100));
    const open = FAULT_KIND_NAMES.filter((kind) => !met.includes(kind));
    const wanted = open.length > 0 ? open : FAULT_KIND_NAMES.slice(0, -1);
    assertEquals([...new Set(drawn)].sort(), wanted.toSorted());
  }));
});
