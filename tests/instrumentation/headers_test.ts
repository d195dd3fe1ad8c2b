import { assertEquals, assertThrows } from "@std/assert";
import { captureHeaders } from "../../lib/instrumentation/headers.ts";

Deno.test("captureHeaders() treats only .* in a name as a wildcard", () => {
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
    captureHeaders({ request: [name], sanitize: [] }).addRequest!(headers, attributes);
    const keys = expected.map((header) => `http.request.header.${header}`);
    assertEquals(Object.keys(attributes).sort(), keys, name);
  }
});

Deno.test("captureHeaders() rejects an invalid name", () => {
  for (const text of ["c[de]", "x+", "(a)", "a|b", "^a$", "a\\.b"]) {
    assertThrows(
      () => captureHeaders({ request: [text], sanitize: [] }),
      TypeError,
      `Cannot look for a header "${text}"`,
    );
  }
});
