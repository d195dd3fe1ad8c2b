import { assertEquals } from "@std/assert";
import { redactQuery, splitAuthority, splitUrl } from "../../lib/instrumentation/url.ts";

Deno.test("splitUrl() splits without normalizing", () => {
  assertEquals(splitUrl("http://a:1/b//c?d=?e#f/?g"), {
    scheme: "http",
    authority: "a:1",
    path: "/b//c",
    query: "d=?e",
  });
  assertEquals(splitUrl("http://a"), { scheme: "http", authority: "a", path: "/", query: "" });
  assertEquals(splitUrl("http://a?b/c").path, "/");
  assertEquals(splitUrl("http://a?b/c").query, "b/c");
  assertEquals(splitUrl("http:///x").authority, "");
  assertEquals(splitUrl("http://a/b#c?d"), {
    scheme: "http",
    authority: "a",
    path: "/b",
    query: "",
  });
});

Deno.test("splitAuthority() reads host and port", () => {
  for (
    const [authority, host, port] of [
      ["a", "a", undefined],
      ["a:80", "a", 80],
      ["u:p@a:80", "a", 80],
      ["[::1]", "::1", undefined],
      ["[::1]:80", "::1", 80],
      ["2001:db8::1", "2001:db8::1", undefined],
      ["a:b", "a", undefined],
      ["a:999999", "a", undefined],
      ["", "", undefined],
    ] as const
  ) assertEquals(splitAuthority(authority), { host, port });
});

Deno.test("redactQuery() hides what signs a request and nothing else", () => {
  assertEquals(
    redactQuery("AWSAccessKeyId=1&a=b&Signature=2&sig=3&X-Goog-Signature=4&sigma=5"),
    "AWSAccessKeyId=REDACTED&a=b&Signature=REDACTED&sig=REDACTED&X-Goog-Signature=REDACTED&sigma=5",
  );
  assertEquals(redactQuery("a"), "a");
});
