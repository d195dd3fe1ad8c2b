import { assertEquals, assertStringIncludes } from "@std/assert";
import type { HttpServerOptions } from "../../lib/http_server/serve_http.ts";
import { serveHttp } from "../../lib/http_server/serve_http.ts";
import type { HttpRequest } from "../../lib/http/handler.ts";
import { startFakeServer } from "../helpers/fake_server.ts";
import type { FakeSocket } from "../helpers/fake_socket.ts";
import { echo } from "../helpers/http2_peer.ts";
import { NETWORK_FAILURES } from "../helpers/network_errors.ts";

const encoder = new TextEncoder();

function start(options: Partial<HttpServerOptions> = {}) {
  return startFakeServer(options, serveHttp);
}

function post(body: string, ...fields: string[]): string {
  return ["POST / HTTP/1.1", "Host: a", `Content-Length: ${body.length}`, ...fields, "", body]
    .join("\r\n");
}

function send(socket: FakeSocket, text: string): void {
  socket.send(encoder.encode(text));
}

function written(socket: FakeSocket): string {
  return new TextDecoder().decode(socket.bytes);
}

/** Sends a request, and resolves once this many answers have arrived. */
async function ask(socket: FakeSocket, text: string, count = 1): Promise<string> {
  send(socket, text);
  const answers = () => written(socket).split("HTTP/1.1 ").length - 1;
  await socket.until(({ isClosed }) => isClosed || answers() >= count);
  return written(socket);
}

/** Answers with a stream that the test feeds, and reports its cancellation. */
function streaming() {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let request: HttpRequest | undefined;
  const stream = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  return {
    handler: (given: HttpRequest) => {
      request = given;
      return Promise.resolve({ status: 200, body: stream.values() });
    },
    send: (text: string) => controller.enqueue(encoder.encode(text)),
    end: () => controller.close(),
    fail: (error: unknown) => controller.error(error),
    get request() {
      return request!;
    },
  };
}

Deno.test("requests on one connection are answered in turn, however they are split", async () => {
  const requests = post("one") + "\r\n" + post("two") +
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nthr\r\n2\r\nee\r\n0\r\n\r\n" +
    post("four", "Connection: close");
  for (const pieceBytes of [1, 7, 50, requests.length]) {
    await using test = start();
    const socket = test.listener.connect();
    for (let i = 0; i < requests.length; i += pieceBytes) {
      send(socket, requests.slice(i, i + pieceBytes));
    }
    await socket.until(({ isClosed }) => isClosed);
    const bodies = written(socket).split(/HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\n/).slice(1);
    assertEquals(bodies, ["one", "two", "three", "four"]);
    assertEquals(test.faults, []);
  }
});

Deno.test("many simultaneous requests let others have their turn", async () => {
  await using test = start();
  const socket = test.listener.connect();
  const answers = () => written(socket).split("HTTP/1.1 ").length - 1;
  await ask(socket, post("hi"));
  send(socket, post("").repeat(300));
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(answers() < 300, true, `${answers()} were answered in one turn`);
  await socket.until(() => answers() === 301);
});

Deno.test("an answer has its date and length, and is marked if it is the last one", async () => {
  await using test = start();
  const socket = test.listener.connect();
  const answer = await ask(socket, post("hi", "Connection: close"));
  assertEquals(
    answer.replace(/date: .*? GMT/, "date: then"),
    "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nx-request: POST /\r\ndate: then\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi",
  );
  await socket.until(({ isClosed }) => isClosed);
});

Deno.test("HEAD gets the same headers without a body, and 204 has neither", async () => {
  await using test = start({
    handler: ({ method }) =>
      Promise.resolve({
        status: method === "HEAD" ? 200 : 204,
        body: encoder.encode(method === "HEAD" ? "hi" : ""),
      }),
  });
  const socket = test.listener.connect();
  const first = await ask(socket, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  assertStringIncludes(first, "content-length: 2\r\n\r\n");
  assertEquals(first.endsWith("\r\n\r\n"), true);
  const second = (await ask(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 2)).slice(first.length);
  assertEquals(second.includes("content-length"), false);
});

Deno.test("a stream is sent in chunks as it arrives, or until the connection closes for HTTP/1.0", async () => {
  for (const version of ["1.1", "1.0"]) {
    const stream = streaming();
    await using test = start({ handler: stream.handler });
    const socket = test.listener.connect();
    await ask(socket, `GET / HTTP/${version}\r\nHost: a\r\n\r\n`);
    stream.send("one");
    await socket.until(() => written(socket).includes("one"));
    stream.send("two");
    stream.end();
    const end = version === "1.1" ? "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n" : "onetwo";
    await socket.until(() => written(socket).endsWith(`\r\n\r\n${end}`));
    assertEquals(written(socket).includes("transfer-encoding: chunked"), version === "1.1");
    await test.server.shutdown();
    assertEquals(test.faults, []);
  }
});

Deno.test("a stream ends when its client disconnects, even with nothing to send", async () => {
  const stream = streaming();
  await using test = start({ handler: stream.handler });
  const socket = test.listener.connect();
  await ask(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const aborted = new Promise((resolve) =>
    stream.request.signal.addEventListener("abort", resolve)
  );
  socket.send(null);
  await aborted;
  stream.end();
  await socket.until(({ isClosed }) => isClosed);
});

Deno.test("a stream that fails ends its connection before its end, and is reported", async () => {
  const stream = streaming();
  await using test = start({ handler: stream.handler });
  const socket = test.listener.connect();
  await ask(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  stream.send("one");
  stream.fail(new RangeError("a fault"));
  await socket.until(({ isClosed }) => isClosed);
  assertEquals(written(socket).endsWith("0\r\n\r\n"), false);
  assertEquals(test.faults.map(String), ["RangeError: a fault"]);
});

Deno.test("a handler that throws is answered with 500, and reported", async () => {
  await using test = start({ handler: () => Promise.reject(new RangeError("a fault")) });
  const socket = test.listener.connect();
  assertStringIncludes(await ask(socket, post("hi")), "HTTP/1.1 500 ");
  await socket.until(({ isClosed }) => isClosed);
  assertEquals(test.faults.map(String), ["RangeError: a fault"]);
});

Deno.test("a waiting client is told to continue when its body is read, and not before", async () => {
  const go = Promise.withResolvers<void>();
  await using test = start({
    async handler(request) {
      await go.promise;
      return await echo(request);
    },
  });
  const socket = test.listener.connect();
  send(socket, post("", "Expect: 100-continue").replace("Length: 0", "Length: 2"));
  await socket.until(({ hasUnread }) => !hasUnread);
  assertEquals(written(socket), "");
  go.resolve();
  await socket.until(() => written(socket) === "HTTP/1.1 100 Continue\r\n\r\n");
  assertStringIncludes(await ask(socket, "hi", 2), "\r\n\r\nhi");
});

Deno.test("an unread body is discarded, or its client is disconnected", async () => {
  const handler = () => Promise.resolve({ status: 413 });
  await using test = start({ handler, limits: { unwantedBodyBytes: 100 } });
  const [short, long, waiting] = [0, 1, 2].map(() => test.listener.connect());
  assertStringIncludes(await ask(short!, post("a".repeat(90)) + post(""), 2), "413 ");
  assertEquals(short!.isClosed, false);
  await ask(long!, post("a".repeat(60_000)));
  await long!.until(({ isClosed }) => isClosed);
  const answer = await ask(
    waiting!,
    post("", "Expect: 100-continue").replace("Length: 0", "Length: 2"),
  );
  assertStringIncludes(answer, "connection: close");
  await waiting!.until(({ isClosed }) => isClosed);
});

Deno.test("an invalid request is answered with the reason, and the connection ends", async () => {
  const malformed: (number | undefined)[] = [];
  const noHttp: string[] = ["\x16\x03\x01\x02", "hello\r\n", "\r\n".repeat(6)];
  const cases = [
    ["GET / HTTP/1.1\r\n\r\n", "400"],
    ["GET / HTTP/3.0\r\nHost: a\r\n\r\n", "505"],
    [`GET /${"a".repeat(40_000)}`, "431"],
    ["POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", "501"],
    ...noHttp.map((text) => [text, ""]),
  ] as const;
  for (const [text, status] of cases) {
    await using test = start({ onMalformed: (error) => void malformed.push(error.status) });
    const socket = test.listener.connect();
    send(socket, text);
    await socket.until(({ isClosed }) => isClosed);
    assertEquals(written(socket).slice(9, 12), text.startsWith("\r\n") ? "400" : status);
    assertEquals(test.faults, []);
  }
  assertEquals(malformed, [400, 505, 431, 501, undefined, undefined, 400]);
});

Deno.test("a malformed body ends its connection, and its reader gets an error", async () => {
  const errors: string[] = [];
  await using test = start({
    handler: async (request) => {
      await request.body.read(() => {}).catch((error) => void errors.push(error.message));
      return { status: 400 };
    },
  });
  const socket = test.listener.connect();
  await ask(socket, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
  await socket.until(({ isClosed }) => isClosed);
  assertStringIncludes(written(socket), "connection: close");
  assertEquals(errors, ["The body is malformed: a chunk has no size"]);
});

Deno.test("a head and a body must arrive in time", async () => {
  await using test = start({
    limits: { settingsSeconds: 10, firstRequestSeconds: 30, idleSeconds: 60, bodySeconds: 20 },
  });
  const [head, idle, body, slow] = [0, 1, 2, 3].map(() => test.listener.connect());
  send(head!, "GET / HTTP/1.1\r\n");
  await ask(idle!, post("hi"));
  send(body!, post("hi").slice(0, -1));
  send(slow!, `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n`);
  await Promise.all(
    [head!, body!, slow!].map((socket) => socket.until(({ hasUnread }) => !hasUnread)),
  );
  for (let second = 0; second < 25; second++) {
    test.wait(1);
    // Fast enough, but longer than a body may take overall.
    send(slow!, "a".repeat(30_000));
    await slow!.until(({ hasUnread, isClosed }) => !hasUnread || isClosed);
    if (second === 9) assertEquals(head!.isClosed, false);
  }
  assertEquals(head!.isClosed, true);
  assertStringIncludes(written(body!), "HTTP/1.1 408 Request Timeout");
  assertStringIncludes(written(slow!), "HTTP/1.1 408 Request Timeout");
  assertEquals(idle!.isClosed, false);
  test.wait(40);
  assertEquals(idle!.isClosed, true);
});

Deno.test("a client that does not read its answer is disconnected", async () => {
  await using test = start({ limits: { responseSeconds: 20 } });
  const socket = test.listener.connect();
  socket.take(false);
  send(socket, post("hi"));
  await socket.until(({ isWriting }) => isWriting);
  test.wait(20);
  assertEquals(socket.isClosed, false);
  test.wait(1);
  assertEquals(socket.isClosed, true);
});

Deno.test("the connection that has been idle longest makes room, whatever its protocol", async () => {
  await using test = start({ limits: { connections: 2 } });
  const [first, second] = [test.listener.connect(), test.listener.connect()];
  await ask(first, post("hi"));
  await ask(second, post("hi"));
  test.wait(1);
  await ask(first, post("hi"), 2);
  await ask(test.listener.connect(), post("hi"));
  assertEquals([first.isClosed, second.isClosed], [false, true]);
  assertEquals(test.server.counts.evicted, 1);
});

Deno.test("shutdown() finishes in-flight requests, and closes idle connections", async () => {
  const answer = Promise.withResolvers<{ status: number }>();
  const test = start({ handler: () => answer.promise });
  const [working, idle, partial] = [0, 1, 2].map(() => test.listener.connect());
  send(working!, post("hi"));
  send(partial!, "GET ");
  await Promise.all(
    [working!, partial!].map((socket) => socket.until(({ hasUnread }) => !hasUnread)),
  );
  const ended = test.server.shutdown();
  await Promise.all([idle!, partial!].map((socket) => socket.until(({ isClosed }) => isClosed)));
  assertEquals(working!.isClosed, false);
  answer.resolve({ status: 200 });
  await ended;
  assertStringIncludes(written(working!), "connection: close");
});

for (const operation of ["read", "write", "closeWrite"] as const) {
  Deno.test(`an error in ${operation} ends only its own connection`, async () => {
    for (const error of NETWORK_FAILURES) {
      await using test = start();
      const [broken, whole] = [test.listener.connect(), test.listener.connect()];
      await ask(broken, post("hi"));
      broken.fail(operation, error);
      send(broken, post("", "Connection: close"));
      await broken.until(({ isClosed }) => isClosed);
      assertStringIncludes(await ask(whole, post("hi")), "\r\n\r\nhi");
      assertEquals([test.faults, test.server.counts.lost], [[], 1]);
    }
  });
}

Deno.test("one of our streams that cannot read a file is our fault", async () => {
  const error = new Deno.errors.NotFound("No such file");
  await using test = start({
    handler: () =>
      Promise.resolve({
        status: 200,
        // deno-lint-ignore require-yield -- it throws first.
        body: (async function* () {
          throw await Promise.resolve(error);
        })(),
      }),
  });
  const socket = test.listener.connect();
  send(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await socket.until(({ isClosed }) => isClosed);
  assertEquals(test.faults, [error]);
});

Deno.test("connections that the server ends are counted by reason", async () => {
  await using test = start({ limits: { settingsSeconds: 10, idleSeconds: 300 } });
  const [slow, idle, foreign, malformed, leaving] = Array.from(
    { length: 5 },
    () => test.listener.connect(),
  );
  send(slow!, "GET ");
  for (const socket of [idle, leaving]) assertStringIncludes(await ask(socket!, post("hi")), "hi");
  send(foreign!, "\x16\x03\x01\x02\0");
  send(malformed!, "GET / HTTP/1.1\r\nno field\r\n\r\n");
  leaving!.send(null);
  await Promise.all(
    [foreign!, malformed!, leaving!].map((socket) => socket.until(({ isClosed }) => isClosed)),
  );
  test.wait(11);
  await slow!.until(({ isClosed }) => isClosed);
  assertEquals(idle!.isClosed, false);
  test.wait(300);
  await idle!.until(({ isClosed }) => isClosed);
  await test.server.shutdown();
  const { timedOut, refused, lost } = test.server.counts;
  assertEquals({ timedOut, refused, lost }, { timedOut: 2, refused: 2, lost: 0 });
});

Deno.test("a body that turns out to be malformed after its answer is not our fault", async () => {
  for (const rest of ["x\r\n", `0\r\n${"a: b\r\n".repeat(10_000)}`]) {
    await using test = start({ handler: () => Promise.resolve({ status: 403 }) });
    const socket = test.listener.connect();
    const head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertStringIncludes(await ask(socket, head), "403");
    send(socket, rest);
    await socket.until(({ isClosed }) => isClosed);
    await test.server.shutdown();
    assertEquals(test.faults, []);
  }
});
