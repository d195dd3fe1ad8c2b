import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { SeriesKey } from "../../../../lib/collector/store/scan/series_key.ts";

const attribute = fc.oneof(
  fc.uint8Array({ maxLength: 6 }),
  fc.nat(2).map((byte) => new Uint8Array(5000).fill(byte)),
  fc.nat(2).map((byte) => new Uint8Array(3000).fill(byte)),
);

Deno.test("SeriesKey is the same for the same attributes in any order, and for no others", () => {
  const key = new SeriesKey();
  const textOf = (attributes: Uint8Array[]) => {
    key.reset();
    for (const bytes of attributes) key.add(bytes, 0, bytes.length);
    return key.text();
  };
  const lists = fc.array(attribute, { maxLength: 4 });
  fc.assert(fc.property(lists, lists, (some, others) => {
    const sorted = (list: Uint8Array[]) => JSON.stringify(list.map(String).sort());
    assertEquals(textOf(some), textOf(some.toReversed()));
    assertEquals(textOf(some) === textOf(others), sorted(some) === sorted(others));
    assertEquals(textOf(some).length < 5000, true);
  }));
});
