import { assertEquals, assertThrows } from "@std/assert";
import { createHeaderCapture } from "../../lib/instrumentation/header_capture.ts";

Deno.test("createHeaderCapture() treats only .* in a name as a wildcard", () => {
  const headers = new Headers({ "x-a-b": "1", "x-b": "2", "x-ab": "3", ax: "4", xb: "5" });
  for (
    const [name, expected] of [
      ["X-A.*B", ["x-a-b", "x-ab"]],
      ["x-.*-b", ["x-a-b"]],
      ["x-.*b.*", ["x-a-b", "x-ab", "x-b"]],
      [".*x", ["ax"]],
      [".*", ["ax", "x-a-b", "x-ab", "x-b", "xb"]],
      ["x.b", []],
    ] as const
  ) {
    const attributes = {};
    const capture = createHeaderCapture({
      capture: [name],
      sanitize: [],
      attributeKey: (key) => key,
    });
    capture!(headers, attributes);
    assertEquals(Object.keys(attributes).sort(), [...expected], name);
  }
});

Deno.test("createHeaderCapture() rejects an invalid name", () => {
  for (const text of ["c[de]", "x+", "(a)", "a|b", "^a$", "a\\.b"]) {
    assertThrows(
      () => createHeaderCapture({ capture: [text], sanitize: [], attributeKey: (key) => key }),
      TypeError,
      `Cannot look for a header "${text}"`,
    );
  }
});
