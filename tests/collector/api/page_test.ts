import { assertEquals, assertMatch } from "@std/assert";
import type { PageAsset } from "../../../lib/collector/api/page.ts";
import { createTestApi } from "../../helpers/query_api.ts";

const FILES: Record<string, PageAsset> = {
  "/index.html": { body: "<!doctype html>", type: "text/html; charset=utf-8" },
  "/app.js": { body: "start()", type: "text/javascript" },
};

const NAVIGATION = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };

Deno.test("every path that names no file shows the page", async () => {
  using test = createTestApi({ pageAssets: (path) => FILES[path] });
  const states = ["/", "/traces", "/traces/0af7?span=1", "/metrics/http.server.request.duration"];
  for (const path of states) {
    const response = await test.ask(path);
    assertEquals(await response.text(), "<!doctype html>", path);
  }
  const script = await test.ask("/app.js");
  assertEquals([await script.text(), script.headers.get("content-type")], [
    "start()",
    "text/javascript",
  ]);
  const missing = await test.ask("/other.js");
  assertEquals([missing.status, await missing.text()], [404, "Cannot find /other.js\n"]);
});

Deno.test("the page may load its own files only, and cannot be framed", async () => {
  using test = createTestApi({ pageAssets: (path) => FILES[path] });
  const { headers } = await test.ask("/");
  const policy = headers.get("content-security-policy") ?? "";
  assertMatch(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assertMatch(policy, /frame-ancestors 'none'/);
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assertEquals(headers.get("referrer-policy"), "no-referrer");
  assertEquals(headers.get("cross-origin-resource-policy"), "same-origin");
});

Deno.test("a link on another site opens the page, but a script there cannot load a file", async () => {
  using test = createTestApi({ pageAssets: (path) => FILES[path] });
  const link = { headers: { ...NAVIGATION, "sec-fetch-dest": "document" } };
  assertEquals((await test.ask("/traces/0af7", link)).status, 200);
  assertEquals((await test.ask("/api/kit/stats", link)).status, 403);
  const script = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
  assertEquals((await test.ask("/app.js", { headers: script })).status, 403);
});

Deno.test("the page answers only GET and HEAD, and 404 if it was not built", async () => {
  using test = createTestApi();
  const posted = await test.ask("/", { method: "POST" });
  assertEquals([posted.status, posted.headers.get("allow")], [405, "GET, HEAD"]);
  const { status } = await test.ask("/");
  assertEquals(status, 404);
});

Deno.test("the page's files and answers are compressed for clients that accept that", async () => {
  const script = `// ${"x".repeat(5000)}`;
  using test = createTestApi({
    pageAssets: (path) =>
      path === "/app.js" ? { body: script, type: "text/javascript" } : undefined,
  });
  const packed = await test.ask("/app.js", { headers: { "accept-encoding": "gzip, deflate, br" } });
  assertEquals(packed.headers.get("content-encoding"), "gzip");
  assertEquals(packed.headers.get("vary"), "Accept-Encoding");
  const bytes = new Uint8Array(await packed.clone().arrayBuffer());
  assertEquals(bytes.length < 200, true, `${bytes.length} bytes`);
  const unpacked = packed.body!.pipeThrough(new DecompressionStream("gzip"));
  assertEquals(await new Response(unpacked).text(), script);

  const plain = await test.ask("/app.js");
  assertEquals([plain.headers.get("content-encoding"), await plain.text()], [null, script]);
  const small = await test.ask("/api/kit/none", {
    headers: { "accept-encoding": "gzip" },
  });
  assertEquals(small.headers.get("content-encoding"), null);
  await small.body?.cancel();
});
