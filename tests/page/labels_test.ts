import { assertEquals } from "@std/assert";
import { placeLabels } from "../../lib/page/chart/labels.ts";

const PLOT = { left: 64, right: 376 };

Deno.test("placeLabels() keeps labels apart, and within the plot", () => {
  const times = [70, 166, 262, 358].map((x, index) => ({
    x,
    text: index === 0 ? "Nov 21 14:03:22.481" : "14:03:22.481",
  }));
  assertEquals(placeLabels(times, PLOT).map(({ x, anchor }) => [x, anchor]), [
    [70, "start"],
    [358, "end"],
  ]);
});

Deno.test("placeLabels() leaves out nothing that has room", () => {
  const times = [70, 166, 262].map((x) => ({ x, text: "14:03" }));
  assertEquals(placeLabels(times, PLOT).map(({ anchor }) => anchor), ["start", "middle", "middle"]);
});
