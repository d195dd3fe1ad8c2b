import { assertEquals } from "@std/assert";
import { errorType, exceptionOf } from "../../lib/instrumentation/exception.ts";

Deno.test("errorType() is an error's own name, or that of its class", () => {
  class StockError extends TypeError {}
  class Nameless extends Error {
    override name = "";
  }
  const numbered = Object.assign(new Error("x"), { name: 404 as unknown as string });
  for (
    const [error, type] of [
      [new Error("x"), "Error"],
      [new RangeError("x"), "RangeError"],
      [new StockError("x"), "StockError"],
      [new Nameless("x"), "Nameless"],
      [new Deno.errors.NotFound("x"), "NotFound"],
      [new DOMException("x", "AbortError"), "AbortError"],
      [new DOMException("x", "TimeoutError"), "TimeoutError"],
      [Object.assign(new Error("x"), { name: "PostgresError", code: 5 }), "PostgresError"],
      [numbered, "Error"],
    ] as const
  ) assertEquals(errorType(error), type);
});

Deno.test("exceptionOf() never has a code, and redacts request signatures", () => {
  const error = new DOMException("GET https://me:pw@a/?sig=s3cret&b=1 was aborted", "AbortError");
  const { stack, ...rest } = exceptionOf(error) as { stack?: string };
  assertEquals(rest, {
    name: "AbortError",
    message: "GET https://REDACTED:REDACTED@a/?sig=REDACTED&b=1 was aborted",
  } as unknown);
  assertEquals(String(stack).includes("s3cret"), false);
  assertEquals(exceptionOf("text"), { name: "NonError", message: "text" });
});
