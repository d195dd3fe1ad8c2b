import {
  ATTR_CLIENT_ADDRESS,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_NETWORK_TRANSPORT,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_SCHEME,
} from "@opentelemetry/semantic-conventions";
import { assertEquals } from "@std/assert";
import type { Connection } from "../../lib/instrumentation/connection.ts";
import { readForwarded } from "../../lib/instrumentation/proxy.ts";
import { requestAttributes } from "../../lib/instrumentation/request_attributes.ts";

const PEER = { peerAddress: "10.0.0.9", peerPort: 1234 };

function attributesOf(
  url: string,
  headers: Record<string, string> = {},
  { connection = PEER, trustProxy = true }: { connection?: Connection; trustProxy?: boolean } = {},
) {
  return requestAttributes(url, new Headers(headers), {
    method: "GET",
    connection,
    readForwarded: trustProxy ? readForwarded : undefined,
  });
}

Deno.test("requestAttributes() reads server address and port of the URL", () => {
  for (
    const [url, address, port] of [
      ["http://localhost:5000/", "localhost", 5000],
      ["http://example.com/", "example.com", 80],
      ["https://example.com/", "example.com", 443],
      ["http://[::1]:8080/", "::1", 8080],
      ["http://example.com:99999/", "example.com", 80],
      ["http://example.com:0/", "example.com", 80],
    ] as const
  ) {
    const attributes = attributesOf(url);
    assertEquals([attributes[ATTR_SERVER_ADDRESS], attributes[ATTR_SERVER_PORT]], [address, port]);
  }
});

Deno.test("requestAttributes() trusts the first proxy's data", () => {
  const forwarded = attributesOf("http://inside:80/", {
    forwarded: 'for="[2001:db8::1]:4711";proto=https;host="shop.test:8443", for=10.0.0.1',
    "x-forwarded-for": "203.0.113.1",
  });
  assertEquals(forwarded[ATTR_CLIENT_ADDRESS], "2001:db8::1");
  assertEquals(forwarded[ATTR_URL_SCHEME], "https");
  assertEquals(forwarded[ATTR_SERVER_ADDRESS], "shop.test");
  assertEquals(forwarded[ATTR_SERVER_PORT], 8443);
  assertEquals(forwarded[ATTR_NETWORK_PEER_ADDRESS], "10.0.0.9");
});

Deno.test("requestAttributes() reads X-Forwarded headers if there is no Forwarded", () => {
  const attributes = attributesOf("http://inside:80/", {
    "x-forwarded-for": "2001:db8::2, 10.0.0.1",
    "x-forwarded-host": "shop.test, inside",
    "x-forwarded-proto": "https",
  });
  assertEquals(attributes[ATTR_CLIENT_ADDRESS], "2001:db8::2");
  assertEquals(attributes[ATTR_SERVER_ADDRESS], "shop.test");
  assertEquals(attributes[ATTR_SERVER_PORT], 443);
  assertEquals(attributes[ATTR_URL_SCHEME], "https");
});

Deno.test("requestAttributes() ignores invalid forwarding headers", () => {
  const attributes = attributesOf("http://here:81/", {
    forwarded: '",;=for=',
    "x-forwarded-for": " , ",
    "x-forwarded-proto": "<script>",
  });
  assertEquals(attributes[ATTR_CLIENT_ADDRESS], "10.0.0.9");
  assertEquals(attributes[ATTR_URL_SCHEME], "http");
  assertEquals(attributes[ATTR_SERVER_ADDRESS], "here");
});

Deno.test("requestAttributes() trusts no header by default", () => {
  const attributes = attributesOf("http://here:81/", {
    forwarded: "for=203.0.113.1;proto=https;host=shop.test",
    "x-forwarded-for": "203.0.113.2",
    "x-forwarded-host": "other.test",
    "x-forwarded-proto": "https",
  }, { trustProxy: false });
  assertEquals(attributes[ATTR_CLIENT_ADDRESS], "10.0.0.9");
  assertEquals(attributes[ATTR_URL_SCHEME], "http");
  assertEquals(attributes[ATTR_SERVER_ADDRESS], "here");
  assertEquals(attributes[ATTR_SERVER_PORT], 81);
});

Deno.test("requestAttributes() accepts only http and https as a scheme", () => {
  for (const proto of ["HTTPS", "Https", "https"]) {
    assertEquals(
      attributesOf("http://a/", { "x-forwarded-proto": proto })[ATTR_URL_SCHEME],
      "https",
    );
    assertEquals(
      attributesOf("http://a/", { forwarded: `proto=${proto}` })[ATTR_URL_SCHEME],
      "https",
    );
  }
  for (const proto of ["ftp", "http1", "wss", "", "http+unix"]) {
    assertEquals(
      attributesOf("https://a/", { "x-forwarded-proto": proto })[ATTR_URL_SCHEME],
      "https",
    );
  }
  // A client can write a whole URL in the request line.
  assertEquals(attributesOf("ftp://a/")[ATTR_URL_SCHEME], "http");
  assertEquals(attributesOf("HTTPS://a/")[ATTR_URL_SCHEME], "https");
  assertEquals(attributesOf("http+unix://a/")[ATTR_URL_SCHEME], "http");
});

Deno.test("requestAttributes() accepts only an IP address as the client address", () => {
  for (
    const [node, address] of [
      ["192.0.2.60", "192.0.2.60"],
      ["192.0.2.60:4711", "192.0.2.60"],
      ['"192.0.2.60:4711"', "192.0.2.60"],
      ['"[2001:db8:cafe::17]"', "2001:db8:cafe::17"],
      ['"[1:2:3:4:5:6:7:8:9]"', "10.0.0.9"],
      ['"[::::]"', "10.0.0.9"],
      ['"[fe80::1%eth0]"', "fe80::1%eth0"],
      ['"[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"],
      ['"[::ffff:192.0.2.60]"', "::ffff:192.0.2.60"],
      ["unknown", "10.0.0.9"],
      ["_hidden", "10.0.0.9"],
      ['"_hidden:4711"', "10.0.0.9"],
      ["_SEVKISEK", "10.0.0.9"],
      ["256.1.1.1", "10.0.0.9"],
      ["1.2.3", "10.0.0.9"],
      ["1.2.3.4.", "10.0.0.9"],
    ] as const
  ) {
    const standard = attributesOf("http://a/", { forwarded: `for=${node}, for=198.51.100.2` });
    assertEquals(standard[ATTR_CLIENT_ADDRESS], address, node);
    const other = attributesOf("http://a/", { "x-forwarded-for": `${node}, 198.51.100.2` });
    assertEquals(other[ATTR_CLIENT_ADDRESS], address, node);
  }
  const bare = attributesOf("http://a/", { "x-forwarded-for": "2001:db8::17, 10.0.0.1" });
  assertEquals(bare[ATTR_CLIENT_ADDRESS], "2001:db8::17");
});

Deno.test("requestAttributes() accepts only a host and a port as the server address", () => {
  for (
    const [host, address, port] of [
      ["shop.test:99999", "shop.test", 80],
      ["shop.test", "shop.test", 80],
      ["[::1]:8080", "::1", 8080],
      ["<script>", "here", 81],
      ["a b", "here", 81],
    ] as const
  ) {
    const attributes = attributesOf("http://here:81/", { "x-forwarded-host": host });
    assertEquals([attributes[ATTR_SERVER_ADDRESS], attributes[ATTR_SERVER_PORT]], [address, port]);
  }
});

Deno.test("requestAttributes() has a protocol version only if it is known", () => {
  assertEquals(attributesOf("http://a/")[ATTR_NETWORK_PROTOCOL_VERSION], undefined);
  assertEquals(attributesOf("http://a/", { host: "a" })[ATTR_NETWORK_PROTOCOL_VERSION], undefined);
  const connection = { protocolVersion: "1.0" };
  assertEquals(attributesOf("http://a/", {}, { connection })[ATTR_NETWORK_PROTOCOL_VERSION], "1.0");
});

Deno.test("requestAttributes() records a Unix domain socket", () => {
  const connection = { peerAddress: "/run/app.sock", isUnixSocket: true };
  const named = attributesOf("http+unix://shop.test/a", { host: "shop.test" }, { connection });
  assertEquals(named[ATTR_NETWORK_TRANSPORT], "unix");
  assertEquals(named[ATTR_NETWORK_PEER_ADDRESS], "/run/app.sock");
  assertEquals(named[ATTR_NETWORK_PEER_PORT], undefined);
  assertEquals(named[ATTR_CLIENT_ADDRESS], "/run/app.sock");
  assertEquals(named[ATTR_URL_SCHEME], "http");
  assertEquals(named[ATTR_SERVER_ADDRESS], "shop.test");
  assertEquals(named[ATTR_SERVER_PORT], undefined);
  const nameless = attributesOf("http+unix://%2Frun%2Fapp.sock/a", {}, { connection });
  assertEquals(nameless[ATTR_SERVER_ADDRESS], "/run/app.sock");
});

Deno.test("requestAttributes() leaves out what Deno's own span has", () => {
  const headers = new Headers({ "x-forwarded-proto": "https", "x-forwarded-host": "shop.test" });
  const attributes = requestAttributes("http://inside:81/a?b=c", headers, {
    connection: PEER,
    readForwarded,
  });
  assertEquals(attributes, {
    [ATTR_SERVER_ADDRESS]: "shop.test",
    [ATTR_SERVER_PORT]: 443,
    [ATTR_CLIENT_ADDRESS]: "10.0.0.9",
    [ATTR_NETWORK_PEER_ADDRESS]: "10.0.0.9",
    [ATTR_NETWORK_PEER_PORT]: 1234,
  });
});
