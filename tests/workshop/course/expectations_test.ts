import { assertEquals, assertThrows } from "@std/assert";
import { parseExpectations } from "../../../lib/workshop/course/expectations.ts";
import { CourseError } from "../../../lib/workshop/course/read_course.ts";

Deno.test("parseExpectations() reads conditions, and numbers those without an id", () => {
  const conditions = parseExpectations(
    "telemetry.yaml",
    `
format: 1
expect:
  - says: an order is traced
    trace: { service: shop, span: POST /orders, kind: server }
  - id: few-queries
    says: few queries
    within: 5s
    spans: { query: db.system.name exists, perTrace: true, atMost: 10 }
`,
  );
  assertEquals(conditions.map(({ id, check, withinMillis }) => [id, check.kind, withinMillis]), [
    ["expectation-1", "trace", undefined],
    ["few-queries", "spans", 5000],
  ]);
});

Deno.test("parseExpectations() names the file, the place, and what was expected", () => {
  const mistakes: [text: string, reason: string][] = [
    ["", "Expected Object but received null"],
    ["expect: []", "expected at least one expectation"],
    ["expect: [{ says: x }]", "expected one of"],
    ["expect: [{ says: x, spans: { query: '(a' } }]", "expected a closing parenthesis"],
    ["expect: [{ says: x, spans: { query: a, atMst: 1 } }]", "atMst"],
    ["expect: [{ says: x, port: { port: app, is: free } }]", "expected one of trace, spans"],
    ["expect: [{ trace: { service: shop } }]", "says"],
    ["format: 2\nexpect: [{ says: x, hints: {} }]", "expected format 1"],
    ["expect: [", "Flow sequence"],
  ];
  for (const [text, reason] of mistakes) {
    const error = assertThrows(
      () => parseExpectations("t.yaml", text),
      CourseError,
      "Cannot use t.yaml",
    );
    assertEquals(error.message.includes(reason), true, `${text}: ${error.message}`);
  }
});
