import {
  ATTR_CLIENT_ADDRESS,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_SCHEME,
} from "@opentelemetry/semantic-conventions";
import { assertEquals } from "@std/assert";
import { requestAttributes } from "../../lib/instrumentation/request_attributes.ts";

const PEER = { hostname: "10.0.0.9", port: 1234 };

function attributesOf(url: string, headers: Record<string, string> = {}) {
  return requestAttributes(url, new Headers(headers), { method: "GET", peer: PEER });
}

Deno.test("requestAttributes() reads server address and port of the URL", () => {
  for (
    const [url, address, port] of [
      ["http://localhost:5000/", "localhost", 5000],
      ["http://example.com/", "example.com", 80],
      ["https://example.com/", "example.com", 443],
      ["http://[::1]:8080/", "::1", 8080],
    ] as const
  ) {
    const attributes = attributesOf(url);
    assertEquals([attributes[ATTR_SERVER_ADDRESS], attributes[ATTR_SERVER_PORT]], [address, port]);
  }
});

Deno.test("requestAttributes() believes what the first proxy said", () => {
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

Deno.test("requestAttributes() reads X-Forwarded headers where there is no Forwarded", () => {
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

Deno.test("requestAttributes() ignores forwarding headers that make no sense", () => {
  const attributes = attributesOf("http://here:81/", {
    forwarded: '",;=for=',
    "x-forwarded-for": " , ",
    "x-forwarded-proto": "<script>",
  });
  assertEquals(attributes[ATTR_CLIENT_ADDRESS], "10.0.0.9");
  assertEquals(attributes[ATTR_URL_SCHEME], "http");
  assertEquals(attributes[ATTR_SERVER_ADDRESS], "here");
});

Deno.test("requestAttributes() tells HTTP/2 by the missing Host header", () => {
  assertEquals(attributesOf("http://a/")[ATTR_NETWORK_PROTOCOL_VERSION], "2");
  assertEquals(attributesOf("http://a/", { host: "a" })[ATTR_NETWORK_PROTOCOL_VERSION], "1.1");
});
