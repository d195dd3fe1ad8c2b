import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  assignLooks,
  LOOK_COUNT,
  PALETTE_SIZE,
  preferredColor,
} from "../../lib/trace/service_looks.ts";

const anyNames = fc.uniqueArray(fc.string({ maxLength: 12 }), { maxLength: 60 });

Deno.test("assignLooks() depends on the set of names, not on their order or number", () => {
  const shuffled = anyNames.chain((names) =>
    fc.record({
      names: fc.constant(names),
      other: fc.shuffledSubarray([...names, ...names], { minLength: names.length * 2 }),
    })
  );
  fc.assert(fc.property(shuffled, ({ names, other }) => {
    assertEquals(assignLooks(other), assignLooks(names));
  }));
});

Deno.test("assignLooks() gives up to 32 services a look each, and up to 8 a color each", () => {
  fc.assert(fc.property(anyNames, (names) => {
    const owners = assignLooks(names).filter((name) => name !== null);
    assertEquals(new Set(owners).size, Math.min(names.length, LOOK_COUNT));
    assert(owners.every((name) => names.includes(name)));
    const colors = new Set(
      assignLooks(names).flatMap((name, look) => name === null ? [] : [look % PALETTE_SIZE]),
    );
    assertEquals(colors.size, Math.min(names.length, PALETTE_SIZE));
  }));
});

Deno.test("assignLooks() leaves a service its color, whoever else comes or goes, if nobody else prefers it", () => {
  fc.assert(fc.property(fc.string(), anyNames, (name, names) => {
    const others = names.filter((other) => preferredColor(other) !== preferredColor(name));
    assertEquals(assignLooks([...others, name])[preferredColor(name)], name);
  }));
});

Deno.test("assignLooks() gives a color that several prefer to the first of them by name", () => {
  const names = Array.from({ length: 100 }, (_, index) => `service-${index}`);
  const [first, second] = names.filter((name) => preferredColor(name) === 3).sort();
  const owners = assignLooks([second!, first!]);
  assertEquals(owners[3], first);
  assert(owners.indexOf(second!) < PALETTE_SIZE && owners.indexOf(second!) !== 3);
  assertEquals(assignLooks([second!])[3], second, "alone, it has its preferred color");
});

Deno.test("preferredColor() uses all colors about equally", () => {
  const counts = new Array<number>(PALETTE_SIZE).fill(0);
  for (let index = 0; index < 800; index++) counts[preferredColor(`service-${index}`)]!++;
  assert(counts.every((count) => count > 60 && count < 140), counts.join(" "));
});
