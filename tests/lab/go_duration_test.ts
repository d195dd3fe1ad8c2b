import { assertEquals } from "@std/assert";
import { goMillis } from "../../lib/lab/go_duration.ts";

Deno.test("goMillis reads the Collector's durations", () => {
  const durations = ["1m30s", "1.5s", "200ms", "2h", "0s", 2_000_000, undefined, null];
  assertEquals(durations.map((written) => goMillis(written, 7)), [
    90_000,
    1500,
    200,
    7_200_000,
    0,
    2,
    7,
    7,
  ]);
});
