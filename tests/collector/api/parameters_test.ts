import { assertEquals, assertThrows } from "@std/assert";
import { ParameterError, readDuration, readTime } from "../../../lib/collector/api/parameters.ts";

Deno.test("readDuration() reads what Go's ParseDuration reads", () => {
  const durations: Record<string, number> = {
    "0": 0,
    "1ns": 1,
    "10ms": 10e6,
    "1.5s": 1.5e9,
    ".5s": 0.5e9,
    "1.s": 1e9,
    "2us": 2e3,
    "2µs": 2e3,
    "1h30m10s": 5_410e9,
    "+1s": 1e9,
  };
  for (const [text, nanos] of Object.entries(durations)) {
    assertEquals(readDuration(new URLSearchParams({ d: text }), "d"), nanos, text);
  }
  for (const text of ["10", "1x", "s", ".s", "-1s", "1s2", "1 s", "1.2.3s"]) {
    assertThrows(() => readDuration(new URLSearchParams({ d: text }), "d"), ParameterError, text);
  }
});

Deno.test("readTime() reads RFC 3339 to the nanosecond", () => {
  const times: Record<string, string> = {
    "1970-01-01T00:00:00Z": "0",
    "2023-11-14T22:13:20.000000001Z": "1700000000000000001",
    "2023-11-14T23:43:20.5+01:30": "1700000000500000000",
    "2023-11-14T20:13:20-02:00": "1700000000000000000",
    "2023-11-14T22:13:20.1234567891Z": "1700000000123456789",
    "1969-01-01T00:00:00Z": "0",
  };
  for (const [text, nanos] of Object.entries(times)) {
    assertEquals(readTime(new URLSearchParams({ t: text }), "t"), nanos, text);
  }
  const wrong = [
    "x",
    "2023-11-14",
    "2023-11-14T22:13:20",
    "2023-02-30T00:00:00Z",
    "2023-13-01T00:00:00Z",
  ];
  for (const text of wrong) {
    assertThrows(() => readTime(new URLSearchParams({ t: text }), "t"), ParameterError, text);
  }
});
