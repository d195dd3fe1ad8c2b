import { assertEquals } from "@std/assert";
import { jsonEscape, replaceUnsafe, visible } from "../lib/unsafe_text.ts";

Deno.test("visible() shows what a terminal would interpret, and keeps the rest", () => {
  assertEquals(visible("a\x1b[31m\x9b\x7f\n"), "a\\x1b[31m\\x9b\\x7f\\x0a");
  assertEquals(visible("\u202e\u{e0001}"), "\\u{202e}\\u{e0001}");
  assertEquals(visible("größe 名前 🙂 \\x1b"), "größe 名前 🙂 \\x1b");
});

Deno.test("jsonEscape() is read back by JSON", () => {
  const text = "a\x9b\u202e\u{e0001}\ud800";
  assertEquals(JSON.parse(`"${replaceUnsafe(text, jsonEscape)}"`), text);
});
