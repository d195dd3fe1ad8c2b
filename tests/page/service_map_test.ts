import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { edgeLabel, layOutMap } from "../../lib/page/views/services/map_layout.ts";

const measure = (label: string) => label.length * 8;

Deno.test("edgeLabel() says what the numbers are", () => {
  const edge = { parent: "a", child: "b" };
  assertEquals(edgeLabel({ ...edge, callCount: 1, errorCount: 0 }), "1 call");
  assertEquals(edgeLabel({ ...edge, callCount: 1, errorCount: 1 }), "✕ 1 call, 1 failed");
  assertEquals(edgeLabel({ ...edge, callCount: 1200, errorCount: 3 }), "✕ 1,200 calls, 3 failed");
});

Deno.test("layOutMap() clips no label, of services or of calls", () => {
  const name = fc.string({ minLength: 1, maxLength: 40 });
  const edge = fc.record({
    parent: name,
    child: name,
    callCount: fc.integer({ min: 1, max: 1e9 }),
    errorCount: fc.integer({ min: 0, max: 1e9 }),
  });
  const edges = fc.uniqueArray(edge, {
    maxLength: 12,
    selector: ({ parent, child }) => JSON.stringify([parent, child]),
  });
  fc.assert(
    fc.property(edges, fc.boolean(), (edges, isNarrow) => {
      const names = [...new Set(edges.flatMap(({ parent, child }) => [parent, child]))];
      const noteOf = (name: string) => `✕ ${name.length * 1e8} failed`;
      const map = layOutMap(names, edges, { isNarrow, roomPixels: 400, measure, noteOf });
      for (const node of map.nodes) {
        assert(node.width >= measure(node.name.slice(0, 32)));
        assert(node.width > measure(noteOf(node.name)));
      }
      for (const { x, y, label } of map.edges) {
        const half = measure(label) / 2;
        assert(x - half >= 0 && x + half <= map.width, `${label} at ${x} of ${map.width}`);
        assert(y >= 0 && y <= map.height);
      }
    }),
    { numRuns: 100 },
  );
});
