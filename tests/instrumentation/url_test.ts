import { assertEquals } from "@std/assert";
import {
  redactQuery,
  redactUrls,
  splitAuthority,
  splitUrl,
} from "../../lib/instrumentation/url.ts";

Deno.test("splitUrl() splits without normalizing", () => {
  for (
    const [url, scheme, host, port, path, query] of [
      ["http://a:1/b//c?d=?e#f/?g", "http", "a", 1, "/b//c", "d=?e"],
      ["http://a", "http", "a", undefined, "/", ""],
      ["http://a?b/c", "http", "a", undefined, "/", "b/c"],
      ["http:///x", "http", "", undefined, "/x", ""],
      ["http://a/b#c?d", "http", "a", undefined, "/b", ""],
      ["http://u:p@[::1]:80/", "http", "::1", 80, "/", ""],
      ["HTTPS://a/", "https", "a", undefined, "/", ""],
      ["http+unix://a/", "http", "a", undefined, "/", ""],
      ["/a?b=http://c/", "http", "", undefined, "/a", "b=http://c/"],
    ] as const
  ) {
    const { origin, ...others } = splitUrl(url);
    assertEquals(
      { scheme: origin.scheme, host: origin.host, port: origin.port, ...others },
      { scheme, host, port, path, query },
    );
  }
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
      ["a:80x", "a", undefined],
      ["a:999999", "a", undefined],
      ["a:99999", "a", undefined],
      ["a:65535", "a", 65_535],
      ["a:0", "a", undefined],
      ["", "", undefined],
    ] as const
  ) assertEquals(splitAuthority(authority), { host, port });
});

Deno.test("redactQuery() redacts request signatures and nothing else", () => {
  assertEquals(
    redactQuery("AWSAccessKeyId=1&a=b&Signature=2&sig=3&X-Goog-Signature=4&sigma=5"),
    "AWSAccessKeyId=REDACTED&a=b&Signature=REDACTED&sig=REDACTED&X-Goog-Signature=REDACTED&sigma=5",
  );
  assertEquals(
    redactQuery("X-Amz-Signature=1&X-Amz-Credential=a%2Fb&x=y&X-Amz-Security-Token=%3D=="),
    "X-Amz-Signature=REDACTED&X-Amz-Credential=REDACTED&x=y&X-Amz-Security-Token=REDACTED",
  );
  // Names are case-sensitive.
  assertEquals(redactQuery("SIG=1&x-amz-signature=2"), "SIG=1&x-amz-signature=2");
  assertEquals(redactQuery("a"), "a");
});

Deno.test("redactUrls() redacts request signatures wherever a text quotes a URL", () => {
  for (
    const [text, redacted] of [
      ["no URL = none @ all", "no URL = none @ all"],
      [
        "for url (https://u:p@a/b?sig=1&c=2): refused",
        "for url (https://REDACTED:REDACTED@a/b?sig=REDACTED&c=2): refused",
      ],
      [
        "'http://a/?X-Amz-Signature=1' \"http://b/?c&Signature=2\"",
        "'http://a/?X-Amz-Signature=REDACTED' \"http://b/?c&Signature=REDACTED\"",
      ],
      ["/b?AWSAccessKeyId=1#x", "/b?AWSAccessKeyId=REDACTED#x"],
      ["https://token@a/", "https://REDACTED:REDACTED@a/"],
      ["mail me@a.test, see http://a/", "mail me@a.test, see http://a/"],
    ] as const
  ) assertEquals(redactUrls(text), redacted);
});
