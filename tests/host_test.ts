import { assertEquals } from "@std/assert";
import { addressOf, hostAndPort, isWildcard, urlHost } from "../lib/host.ts";

Deno.test("urlHost() puts an IPv6 address in brackets, and nothing else", () => {
  assertEquals(
    ["::1", "fe80::1%eth0", "127.0.0.1", "box.example"].map(urlHost),
    ["[::1]", "[fe80::1%eth0]", "127.0.0.1", "box.example"],
  );
});

Deno.test("hostAndPort() returns both as in a URL", () => {
  assertEquals(hostAndPort({ hostname: "::", port: 80 }), "[::]:80");
  assertEquals(hostAndPort({ hostname: "localhost", port: 0 }), "localhost:0");
});

Deno.test("addressOf() returns the address to connect to", () => {
  const cases: [string, string, number][] = [
    ["http://[::1]:4318/v1/traces", "::1", 4318],
    ["http://localhost", "localhost", 80],
    ["https://127.0.0.1/", "127.0.0.1", 443],
    ["https://box.example:80", "box.example", 80],
  ];
  for (const [url, hostname, port] of cases) {
    assertEquals(addressOf(new URL(url)), { hostname, port }, url);
  }
});

Deno.test("isWildcard() recognizes wildcard addresses", () => {
  assertEquals(
    ["0.0.0.0", "::", "[::]", "127.0.0.1", "::1"].filter(isWildcard),
    ["0.0.0.0", "::", "[::]"],
  );
});
