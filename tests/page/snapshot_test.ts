import { assert, assertEquals, assertMatch } from "@std/assert";
import { escapeJson, renderSnapshot } from "../../lib/page/snapshot.ts";

const ASSETS = { script: 'document.title="</script><!--"', style: "a{color:red}" };

Deno.test("renderSnapshot() lets no text of the trace or the script end its element", async () => {
  const value = "</script><script>alert(1)</script><!--\u2028";
  const html = await renderSnapshot(ASSETS, "</title><script>", JSON.stringify({ value }));
  assertEquals(html.match(/<script/g)?.length, 2);
  assertEquals(html.match(/<\/script>/g)?.length, 2);
  assertMatch(html, /<title>&lt;\/title>&lt;script><\/title>/);
  const json = /<script type="application\/json"[^>]*>(.*?)<\/script>/.exec(html)![1]!;
  assertEquals(JSON.parse(json), { value });
});

Deno.test("renderSnapshot() allows exactly its own script and style", async () => {
  const html = await renderSnapshot(ASSETS, "trace", "{}");
  const script = /<script type="module">(.*?)<\/script>/s.exec(html)![1]!;
  assert(html.includes(`script-src '${await hashOf(script)}'`));
  assert(html.includes(`style-src '${await hashOf(ASSETS.style)}'`));
  assertMatch(html, /content="default-src 'none'; /);
});

Deno.test("escapeJson() changes the spelling only", () => {
  const json = JSON.stringify({ "<a>": "<!--" });
  assertEquals(escapeJson(json).includes("<"), false);
  assertEquals(JSON.parse(escapeJson(json)), JSON.parse(json));
});

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
