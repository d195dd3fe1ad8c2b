import { assert, assertEquals, assertMatch } from "@std/assert";
import { createTestApi } from "../helpers/query_api.ts";

/** A request body that never ends; tracks how much of it was read. */
function endless(text: string) {
  const part = new TextEncoder().encode(text);
  let takenBytes = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      takenBytes += part.length;
      controller.enqueue(part.slice());
    },
  }, { highWaterMark: 0 });
  return { body, takenBytes: () => takenBytes };
}

const notNeeded = () => Promise.reject(new Error("It is not asked"));

for (
  const [path, type, text, maxBytes] of [
    ["/api/v1/query", "application/x-www-form-urlencoded", `query=${"x".repeat(994)}`, 128 * 1024],
    ["/api/v1/query", "multipart/form-data; boundary=b", "x".repeat(1000), 128 * 1024],
    ["/api/v1/query", "text/plain", "x".repeat(1000), 128 * 1024],
    ["/api/kit/compare", "application/json", " ".repeat(1000), 4 * 1024],
    ["/api/kit/guide", "application/json", " ".repeat(1000), 4 * 1024],
  ] as const
) {
  Deno.test(`POST ${path} rejects an endless body of ${type}`, async () => {
    using test = createTestApi({
      compare: { view: notNeeded, run: notNeeded, find: notNeeded },
      guide: { view: () => assert(false), act: notNeeded } as never,
    });
    const { body, takenBytes } = endless(text);
    const headers = { "content-type": type };
    const response = await test.ask(path, { method: "POST", body, headers });
    assertEquals(response.status, 413);
    assertMatch((await response.json()).error, /^Cannot read a body of more than \d+ bytes here$/);
    assert(takenBytes() <= maxBytes + 2000, `${takenBytes()} bytes`);
  });
}
