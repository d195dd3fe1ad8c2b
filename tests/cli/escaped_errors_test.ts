import { assertEquals, assertMatch } from "@std/assert";
import { catchEscapedErrors } from "../../lib/cli/escaped_errors.ts";
import { testWith } from "../helpers/needs.ts";

Deno.test("uncaught errors are handled until the handler is disposed", () => {
  const target = new EventTarget();
  const caught: unknown[] = [];
  const event = () =>
    new ErrorEvent("error", { error: new RangeError("a fault"), cancelable: true });
  {
    using _ = catchEscapedErrors((error) => void caught.push(error), target);
    assertEquals(target.dispatchEvent(event()), false);
  }
  assertEquals(target.dispatchEvent(event()), true);
  assertEquals(caught.map(String), ["RangeError: a fault"]);
});

testWith(
  ["run", "read"],
  "a program continues after uncaught errors, and reports them",
  async () => {
    const program = new URL("../testdata/programs/escaping_errors.ts", import.meta.url);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--quiet", program.pathname],
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder().decode(stderr);
    assertEquals([code, new TextDecoder().decode(stdout)], [0, "alive\n"]);
    for (const source of ["timer", "promise", "microtask"]) {
      assertMatch(
        text,
        new RegExp(
          `RangeError: from a ${source}\\nRangeError: from a ${source}\\n    at .*escaping_errors.ts`,
        ),
      );
    }
    assertMatch(text, /by a fault of the collector: no error at all/);
    assertMatch(text, /Unexpected errors: 4\n$/);
  },
);
