import { assert } from "@std/assert";
import fc from "fast-check";
import { type FlameFrame, flameFrames } from "../../lib/page/views/trace/flame.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree } from "../../lib/trace/tree.ts";
import type { Span } from "../../lib/otlp/json.ts";

Deno.test("flameFrames() keeps children within their parents, whatever their times", () => {
  const span = fc.record({
    parent: fc.integer({ min: 0, max: 11 }),
    name: fc.constantFrom("a", "b", "c"),
    start: fc.integer({ min: 0, max: 100 }),
    end: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 12 }), (given) => {
      const spans = given.map(({ parent, name, start, end }, index): Span => ({
        traceId: "a".repeat(32),
        spanId: idOf(index),
        ...parent < index && { parentSpanId: idOf(parent) },
        name,
        startTimeUnixNano: String(1_000_000 + start),
        ...end !== undefined && { endTimeUnixNano: String(1_000_000 + end) },
      }));
      const { spans: read } = readTrace({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
      const frames = flameFrames(buildTree(read));
      for (const frame of frames) {
        assert(frame.width >= 0 && frame.left >= 0, describe(frame));
        const isInside = frame.depth === 0
          ? frame.left + frame.width <= 1 + 1e-9
          : frames.some((other) => other.depth === frame.depth - 1 && contains(other, frame));
        assert(isInside, `${describe(frame)} is outside of its parent`);
      }
    }),
    { numRuns: 300 },
  );
});

function contains(parent: FlameFrame, child: FlameFrame): boolean {
  return child.left >= parent.left - 1e-9 &&
    child.left + child.width <= parent.left + parent.width + 1e-9;
}

function describe({ name, depth, left, width }: FlameFrame): string {
  return `${name} at depth ${depth}: ${left}, ${width} wide`;
}

function idOf(index: number): string {
  return (index + 1).toString(16).padStart(16, "0");
}
