import { assertEquals, assertStringIncludes } from "@std/assert";
import { countIgnored, unexpected } from "../scripts/ignored_tests.ts";

/** Output of `deno test` for these files, alone or in parallel with others. */
const LOG = `running 4 tests from ./tests/a_test.ts
one ... ok (3ms)
two (ignored: no docker on PATH) ... ignored (0ms)
./tests/b_test.ts => three (in brackets) (ignored: no chromium on PATH) ... ignored (0ms)
./tests/b_test.ts => four (ignored: no chromium on PATH) ... ignored (1µs)
five ... ignored (0ms)

ok | 1 passed | 0 failed | 4 ignored (3ms)
two (ignored: no docker on PATH) ... ignored (0ms)
`;

Deno.test("countIgnored() counts each test once, by reason", () => {
  assertEquals(
    countIgnored(LOG),
    new Map([
      ["no docker on PATH", new Set(["two"])],
      ["no chromium on PATH", new Set(["three (in brackets)", "four"])],
      ["no reason is given", new Set(["five"])],
    ]),
  );
});

Deno.test("unexpected() accepts only tests that cannot run even with everything installed", () => {
  const problems = unexpected(countIgnored(LOG));
  assertEquals(problems.length, 2);
  assertStringIncludes(problems[0]!, '2 for "no chromium on PATH", 0 at most: three (in brackets)');
  assertStringIncludes(problems[1]!, '1 for "no reason is given"');
  const names = new Set(["a", "b", "c", "d"]);
  assertEquals(unexpected(new Map([["docker has no compose command", names]])).length, 1);
});
