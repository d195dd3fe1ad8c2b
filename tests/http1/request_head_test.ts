import { assertEquals, assertThrows } from "@std/assert";
import {
  findHeadEnd,
  HeadError,
  mayBeRequest,
  readRequestHead,
} from "../../lib/http1/request_head.ts";

const encoder = new TextEncoder();

function read(...lines: string[]) {
  return readRequestHead(encoder.encode([...lines, "", ""].join("\r\n")));
}

Deno.test("a head is parsed into method, path, authority, and fields", () => {
  const head = read(
    "POST /v1/traces?a=b HTTP/1.1",
    "Host: localhost:4318",
    "X-One: \t first  part \t",
    "x-one:second",
    "Cookie: a=1",
    "cookie: b=2",
    "Content-Length: 12",
    "empty:",
  );
  assertEquals({ ...head, headers: Object.fromEntries(head.headers) }, {
    method: "POST",
    path: "/v1/traces?a=b",
    authority: "localhost:4318",
    headers: {
      "host": "localhost:4318",
      "x-one": "first  part, second",
      "cookie": "a=1; b=2",
      "content-length": "12",
      "empty": "",
    },
    framing: 12,
    isKeptAlive: true,
    isHttp10: false,
    waitsForContinue: false,
  });
});

Deno.test("a target can be a whole URL, or the whole server", () => {
  const absolute = read("GET http://a:1?x HTTP/1.1", "Host: A:1");
  assertEquals([absolute.path, absolute.authority], ["/?x", "a:1"]);
  assertEquals(read("OPTIONS * HTTP/1.1", "Host: a").path, "*");
});

Deno.test("the connection persists as the version and the fields determine", () => {
  const isKeptAlive = (version: string, ...fields: string[]) =>
    read(`GET / HTTP/${version}`, "Host: a", ...fields).isKeptAlive;
  assertEquals(isKeptAlive("1.1"), true);
  assertEquals(isKeptAlive("1.1", "Connection: foo, Close"), false);
  assertEquals(isKeptAlive("1.0"), false);
  assertEquals(isKeptAlive("1.0", "Connection: keep-alive"), true);
});

Deno.test("a client is told to continue only if it waits for that", () => {
  const waits = (version: string) =>
    read(`POST / HTTP/${version}`, "Host: a", "Expect: 100-Continue").waitsForContinue;
  assertEquals([waits("1.1"), waits("1.0")], [true, false]);
});

const HOST = "Host: a";
const refused: [string, number | undefined, string[]][] = [
  ["no version", 400, ["GET /", HOST]],
  ["two spaces", 400, ["GET  / HTTP/1.1", HOST]],
  ["a tab", 400, ["GET\t/ HTTP/1.1", HOST]],
  ["a method that is none", 400, ["G(T / HTTP/1.1", HOST]],
  ["HTTP/2 without its preface", 505, ["GET / HTTP/2.0", HOST]],
  ["another protocol", undefined, ["GET / RTSP/1.0", HOST]],
  ["three words", undefined, ["INVALID CONNECTION PREFACE"]],
  ["a target without a slash", 400, ["GET v1 HTTP/1.1", HOST]],
  ["CONNECT", 400, ["CONNECT a:1 HTTP/1.1", HOST]],
  ["* for another method", 400, ["GET * HTTP/1.1", HOST]],
  ["a target with other letters", 400, ["GET /\u00e4 HTTP/1.1", HOST]],
  ["a target with another host", 400, ["GET http://b/ HTTP/1.1", HOST]],
  ["no host", 400, ["GET / HTTP/1.1"]],
  ["two hosts", 400, ["GET / HTTP/1.1", HOST, HOST]],
  ["a folded field", 400, ["GET / HTTP/1.1", HOST, "a: b", " c"]],
  ["a space before the colon", 400, ["GET / HTTP/1.1", "Host : a"]],
  ["a field without a colon", 400, ["GET / HTTP/1.1", HOST, "field"]],
  ["a field without a name", 400, ["GET / HTTP/1.1", HOST, ": b"]],
  ["NUL in a field", 400, ["GET / HTTP/1.1", HOST, "a: b\0c"]],
  ["a lone LF", 400, ["GET / HTTP/1.1", HOST, "a: b\nc: d"]],
  ["a lone CR", 400, ["GET / HTTP/1.1", HOST, "a: b\rc: d"]],
  ["two lengths", 400, ["GET / HTTP/1.1", HOST, "Content-Length: 1", "Content-Length: 1"]],
  ["a list of lengths", 400, ["GET / HTTP/1.1", HOST, "Content-Length: 1, 1"]],
  ["a negative length", 400, ["GET / HTTP/1.1", HOST, "Content-Length: -1"]],
  ["a length with a sign", 400, ["GET / HTTP/1.1", HOST, "Content-Length: +1"]],
  ["a length in hexadecimal", 400, ["GET / HTTP/1.1", HOST, "Content-Length: 0x1"]],
  ["an empty length", 400, ["GET / HTTP/1.1", HOST, "Content-Length:"]],
  ["a length and chunks", 400, [
    "GET / HTTP/1.1",
    HOST,
    "Content-Length: 1",
    "Transfer-Encoding: chunked",
  ]],
  ["chunks in HTTP/1.0", 400, ["GET / HTTP/1.0", HOST, "Transfer-Encoding: chunked"]],
  ["another coding", 501, ["GET / HTTP/1.1", HOST, "Transfer-Encoding: gzip, chunked"]],
  ["chunks twice", 501, [
    "GET / HTTP/1.1",
    HOST,
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked",
  ]],
  ["a coding that looks like chunks", 501, [
    "GET / HTTP/1.1",
    HOST,
    "Transfer-Encoding: chunked;a",
  ]],
  ["too many fields", 431, ["GET / HTTP/1.1", HOST, ...Array(128).fill("a: b")]],
];

for (const [name, status, lines] of refused) {
  Deno.test(`a head is rejected for ${name}`, () => {
    assertEquals(assertThrows(() => read(...lines), HeadError).status, status);
  });
}

Deno.test("a field of spaces is parsed quickly", () => {
  const spaces = " ".repeat(30_000);
  const value = read("GET / HTTP/1.1", HOST, `a:${spaces}b${spaces}c${spaces}`).headers.get("a");
  assertEquals(value, `b${spaces}c`);
});

Deno.test("the end of a head is found however it is split", () => {
  const bytes = encoder.encode("GET / HTTP/1.1\r\nHost: a\r\n\r\nbody\r\n\r\n");
  const end = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".length;
  for (let cut = 0; cut < bytes.length; cut++) {
    const expected = cut < end ? -1 : end;
    assertEquals(findHeadEnd(bytes.subarray(0, cut)), expected);
    if (cut < end) assertEquals(findHeadEnd(bytes, Math.max(cut - 3, 0)), end);
  }
});

Deno.test("data that cannot become a request is recognized by its first bytes", () => {
  const judge = (text: string) => mayBeRequest(encoder.encode(text));
  assertEquals(["", "G", "GET", "GET /", "A".repeat(20)].map(judge), Array(5).fill(true));
  assertEquals(["\x16\x03\x01", " GET", "A".repeat(21), "{}"].map(judge), Array(4).fill(false));
});
