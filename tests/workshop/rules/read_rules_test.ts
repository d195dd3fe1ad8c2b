import { assertEquals, assertThrows } from "@std/assert";
import { readRules, RulesError } from "../../../lib/workshop/rules/read_rules.ts";

Deno.test("readRules() reads what is recorded and what raises an alert, in all groups", () => {
  const text = `
groups:
  - name: a
    rules:
      - { record: rate, expr: " sum(a) " }
      - { record: open, expr: }
  - name: b
    rules: [{ alert: Fails, expr: 1, labels: { severity: page } }]
`;
  assertEquals(readRules(text), [
    { name: "rate", isAlert: false, expr: "sum(a)" },
    { name: "open", isAlert: false, expr: "" },
    { name: "Fails", isAlert: true, expr: "1" },
  ]);
});

for (
  const [text, message] of [
    ["groups: [", "it isn't valid YAML"],
    ["", "it has no groups with a name and rules"],
    ["groups: [{ rules: [] }]", "it has no groups with a name and rules"],
    ["groups: [{ name: a, rules: [{ expr: a }] }]", "a rule has neither record nor alert"],
  ] as const
) {
  Deno.test(`readRules() says of ${JSON.stringify(text)}: ${message}`, () => {
    assertThrows(() => readRules(text), RulesError, message);
  });
}
