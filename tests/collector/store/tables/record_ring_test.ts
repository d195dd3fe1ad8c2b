import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { RecordRing } from "../../../../lib/collector/store/tables/record_ring.ts";

Deno.test("records stay where their numbers say when a ring grows and shrinks", () => {
  const step = fc.record({
    push: fc.integer({ min: 0, max: 400 }),
    shift: fc.integer({ min: 0, max: 400 }),
  });
  fc.assert(fc.property(
    fc.array(step, { maxLength: 20 }),
    fc.constantFrom(0, 2 ** 32 - 100),
    (steps, first) => {
      const ring = new RecordRing(3, first);
      for (const { push, shift } of steps) {
        const capacity = ring.capacity;
        const growth = ring.growthFor(push);
        for (let i = 0; i < push; i++) {
          const number = ring.push();
          ring.words[ring.at(number)] = number;
        }
        assertEquals(growth, (ring.capacity - capacity) * 12);
        ring.shift(Math.min(shift, ring.size));
        for (let number = ring.first; number < ring.end; number++) {
          assertEquals(ring.words[ring.at(number)], number >>> 0);
        }
        assert(ring.capacity <= Math.max(64, 4 * ring.size), `${ring.size} of ${ring.capacity}`);
      }
    },
  ));
});
