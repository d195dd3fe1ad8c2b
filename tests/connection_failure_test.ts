import { assertEquals, assertMatch } from "@std/assert";
import {
  connectionFailure,
  errorChain,
  innermostMessage,
  isBlockedPort,
  isOtherProtocol,
  isTimeout,
} from "../lib/connection_failure.ts";
import { startHttp2Server } from "./helpers/http2/server.ts";
import { testWith } from "./helpers/needs.ts";
import { freePort } from "./helpers/ports.ts";
import { TLS_FILES } from "./helpers/tls_files.ts";

/** Errors that `fetch` throws in Deno 2.7 and in 2.9. */
function fetchErrors(message: string): [string, Error][] {
  return [
    ["2.7", new TypeError(message)],
    ["2.9", new TypeError("fetch failed", { cause: new Error(message) })],
  ];
}

const CONNECT = "error sending request for url (http://a:1/): client error (Connect): ";
const SEND = "error sending request from 127.0.0.1:2 for http://a:1/: client error (SendRequest): ";

for (
  const [message, expected] of [
    [`${CONNECT}tcp connect error: Connection refused (os error 111)`, "connection refused"],
    [
      `${CONNECT}tcp connect error: No connection could be made because the target machine actively ` +
      "refused it. (os error 10061)",
      "connection refused",
    ],
    [
      `${CONNECT}dns error: failed to lookup address information: Name or service not known`,
      "the host name is not known",
    ],
    [`${CONNECT}dns error: No such host is known. (os error 11001)`, "the host name is not known"],
    [`${CONNECT}tcp connect error: No route to host (os error 113)`, "the host cannot be reached"],
    [`${CONNECT}tcp connect error: Connection timed out (os error 110)`, "no answer in time"],
    [
      `${CONNECT}invalid peer certificate: UnknownIssuer`,
      "the server's certificate is not trusted (UnknownIssuer)",
    ],
    [
      `${CONNECT}invalid peer certificate: certificate not valid for name "localhost"; certificate ` +
      'is only valid for DnsName("other.example")',
      'the server\'s certificate is not for "localhost"',
    ],
    [
      `${CONNECT}invalid peer certificate: certificate expired: verification time 2 (UNIX)`,
      "the server's certificate is not trusted (certificate expired)",
    ],
    [
      `${SEND}connection error: received fatal alert: CertificateRequired`,
      "the server wants a client certificate",
    ],
    [
      `${CONNECT}received fatal alert: HandshakeFailure`,
      "the server ended the TLS handshake (HandshakeFailure)",
    ],
    [`${CONNECT}received fatal alert: NoApplicationProtocol`, "the server does not offer HTTP/2"],
    [
      `${CONNECT}received corrupt message of type InvalidContentType`,
      "the server does not speak TLS",
    ],
    [
      `${SEND}invalid HTTP version parsed`,
      "the server does not speak HTTP/1.1; it may be a gRPC port",
    ],
    [
      `${SEND}http2 error: connection error detected: frame with invalid size`,
      "the server does not speak HTTP/2; it may be a port for HTTP or TLS",
    ],
    [`${SEND}connection closed before message completed`, "connection closed"],
    [`${SEND}connection error: stream closed because of a broken pipe`, "connection closed"],
    [`${SEND}connection error: Connection reset by peer (os error 104)`, "connection closed"],
    [
      "Fetch failed: Requests to port 6000 are blocked",
      "fetch does not send to port 6000, which belongs to another protocol; choose another port",
    ],
    [
      `${SEND}http2 error: stream error received: refused stream before processing`,
      "http2 error: stream error received: refused stream before processing",
    ],
  ] as const
) {
  Deno.test(`connectionFailure() says "${expected}"`, () => {
    for (const [version, error] of fetchErrors(message)) {
      assertEquals(connectionFailure(error), expected, version);
    }
  });
}

Deno.test("errorChain() reads causes and aggregated errors, and follows no cycle twice", () => {
  const inner = new AggregateError([new Error("IPv6"), new Error("IPv4")], "");
  const outer = new Error("outside", { cause: inner });
  inner.cause = outer;
  assertEquals(errorChain(outer), ["outside", "IPv6", "IPv4"]);
  assertEquals(errorChain("text"), ["text"]);
  assertEquals(errorChain(undefined), []);
  assertEquals(
    connectionFailure(new AggregateError([new Error("connect ECONNREFUSED ::1")])),
    "connection refused",
  );
});

Deno.test("innermostMessage() is one line from the root cause", () => {
  const cause = new Error("no such thing\n  at all");
  assertEquals(innermostMessage(new Error("fetch failed", { cause })), "no such thing");
  assertEquals(innermostMessage(new Error("alone")), "alone");
});

testWith(["net"], "connectionFailure() understands this Deno: refused and unknown", async () => {
  const port = freePort();
  for (
    const attempt of [
      () => fetch(`http://127.0.0.1:${port}`),
      () => fetch(`https://localhost:${port}`),
      () => Deno.connect({ hostname: "127.0.0.1", port }),
      () => Deno.connectTls({ hostname: "localhost", port }),
    ]
  ) assertEquals(await failure(attempt), "connection refused");
  for (
    const attempt of [
      () => fetch("http://no-such-host.invalid"),
      () => Deno.connect({ hostname: "no-such-host.invalid", port: 80 }),
    ]
  ) assertEquals(await failure(attempt), "the host name is not known");
});

testWith(["net", "read"], "connectionFailure() understands this Deno: TLS", async () => {
  await using server = startHttp2Server({ tls: true, serve: acceptAndClose });
  const { port } = server;
  for (
    const attempt of [
      () => fetch(server.url),
      async () => {
        using connection = await Deno.connectTls({ hostname: "localhost", port });
        await connection.handshake();
      },
    ]
  ) {
    assertEquals(
      await failure(attempt),
      "the server's certificate is not trusted (UnknownIssuer)",
    );
  }
  assertMatch(await failure(() => fetch(`http://127.0.0.1:${port}`)), /does not speak HTTP\/1\.1/);
  const caCerts = [Deno.readTextFileSync(TLS_FILES.ca)];
  using http1 = Deno.createHttpClient({ caCerts, http2: false });
  assertMatch(
    await failure(() => fetch(server.url, { client: http1 })),
    /does not offer|handshake/,
  );
  using trusting = Deno.createHttpClient({ caCerts });
  assertEquals(await failure(() => fetch(server.url, { client: trusting })), "connection closed");
});

testWith(["net"], "connectionFailure() understands this Deno: other protocols", async () => {
  await using grpc = startHttp2Server({ serve: acceptAndClose });
  const toGrpc = await fetch(grpc.url).catch((error) => error);
  assertEquals(
    connectionFailure(toGrpc),
    "the server does not speak HTTP/1.1; it may be a gRPC port",
  );
  assertEquals(isOtherProtocol(toGrpc), true);
  const inTls = () => fetch(grpc.url.replace("http:", "https:"));
  assertEquals(await failure(inTls), "the server does not speak TLS");
});

testWith(
  ["net"],
  "connectionFailure() understands this Deno: silence and blocked ports",
  async () => {
    using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const timeout = await fetch(`http://127.0.0.1:${silent.addr.port}`, {
      signal: AbortSignal.timeout(1),
    }).catch((error) => error);
    assertEquals([connectionFailure(timeout), isTimeout(timeout)], ["no answer in time", true]);
    // Not every version enforces the list of blocked ports.
    const blocked = await fetch("http://127.0.0.1:6000").catch((error) => error);
    assertMatch(
      connectionFailure(blocked),
      /^(connection refused|fetch does not send to port 6000)/,
    );
    assertEquals(isBlockedPort(blocked), connectionFailure(blocked) !== "connection refused");
  },
);

async function failure(attempt: () => Promise<unknown>): Promise<string> {
  return connectionFailure(await attempt().then(() => "no failure", (error) => error));
}

/** Accepts a connection and closes it. */
async function acceptAndClose(connection: { accept(): Promise<unknown> }): Promise<void> {
  await connection.accept();
}
