import { assertEquals } from "@std/assert";
import { problemsOf } from "../scripts/check_docs.ts";

/** Output of `deno doc --lint`, without code frames. */
const REPORT = `error[missing-jsdoc]: exported symbol is missing JSDoc documentation
  --> lib/a.ts:31:1

error[private-type-ref]: public type 'Options["tracerProvider"]' references private type 'TracerProvider'
  --> lib/a.ts:36:3

error[private-type-ref]: public type 'Options["own"]' references private type 'Own'
  --> lib/a.ts:37:3

error: Found 3 documentation lint errors.
`;

Deno.test("problemsOf() ignores types of other packages, and nothing else", () => {
  assertEquals(problemsOf(REPORT).map((problem) => problem.split("\n", 1)[0]), [
    "error[missing-jsdoc]: exported symbol is missing JSDoc documentation",
    `error[private-type-ref]: public type 'Options["own"]' references private type 'Own'`,
  ]);
  assertEquals(problemsOf(""), []);
});
