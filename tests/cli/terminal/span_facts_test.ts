import { assertEquals } from "@std/assert";
import { eventLines } from "../../../lib/cli/terminal/span_facts.ts";

Deno.test("an event is shown after the start of its span, or without a time if one is missing", () => {
  const events = [{ name: "timed", timeUnixNano: "1700000000000000005" }, { name: "timeless" }];
  assertEquals(eventLines({ startTimeUnixNano: "1700000000000000000", events }), [
    "event timed after 5 ns",
    "event timeless",
  ]);
  assertEquals(eventLines({ events }), ["event timed", "event timeless"]);
});
