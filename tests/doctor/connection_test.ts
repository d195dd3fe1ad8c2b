import { assertEquals } from "@std/assert";
import { checkConnection, tlsRemedy } from "../../lib/doctor/connection.ts";
import { NoAnswer } from "../../lib/doctor/limit.ts";
import type { OtlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { testWith } from "../helpers/needs.ts";
import { closedUrl, freePort } from "../helpers/ports.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";
import { grpcTarget } from "../helpers/targets.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";
import { assertRemedies, KNOBS } from "./remedies.ts";

/** Too long for a hostname, so that no DNS server is queried. */
const NO_NAME = "a".repeat(64);

const AUTHORITY = { certificate: TLS_FILES.ca };

/** The remedy for the step at which the connection to an endpoint fails. */
async function remedyAt(url: string, more: Partial<OtlpTarget> = {}): Promise<string | undefined> {
  const target = grpcTarget(url, { protocol: "http/protobuf", ...more });
  const steps = await checkConnection(target, KNOBS);
  const failed = steps.filter(({ status }) => status === "failed");
  assertEquals(failed, steps.slice(-1), url);
  return failed[0]!.remedy;
}

testWith(["net", "read"], "checkConnection() has a remedy for each step", async () => {
  const { port } = new URL(closedUrl());
  await using plain = startHttpReceiver();
  await using encrypted = startHttpReceiver({ tls: true });
  using http1 = Deno.listenTls({
    hostname: "127.0.0.1",
    port: freePort(),
    cert: await Deno.readTextFile(TLS_FILES.cert),
    key: await Deno.readTextFile(TLS_FILES.key),
    alpnProtocols: ["http/1.1"],
  });
  const hangingUp = hangUp(http1);
  const here = `127.0.0.1:${port}`;
  const secured = `https://localhost:${encrypted.port}`;
  assertRemedies([
    {
      trouble: "an unknown name",
      remedy: await remedyAt(`http://${NO_NAME}`),
      wanted: /^Check the name in --endpoint, and the DNS/,
    },
    {
      trouble: "nobody on this machine",
      remedy: await remedyAt(`http://${here}`),
      wanted: /^Start a collector there, .* --endpoint; in a container, localhost is/,
    },
    {
      trouble: "nobody elsewhere",
      remedy: await remedyAt(`http://0.0.0.0:${port}`),
      wanted: /^Start a collector there, or choose another place with --endpoint$/,
    },
    {
      trouble: "no answer at all",
      remedy: await withoutPatience(() => remedyAt(`http://${here}`)),
      wanted: /a firewall may block the connection/,
    },
    {
      trouble: "no TLS",
      remedy: await remedyAt(`https://localhost:${plain.port}`, AUTHORITY),
      wanted: /may not use TLS: try http:\/\/ in --endpoint/,
    },
    {
      trouble: "an authority that is not known",
      remedy: await remedyAt(secured),
      wanted: /^Set the certificate of the authority .* --exporter-otlp-certificate$/,
    },
    {
      trouble: "no HTTP/2",
      remedy: await remedyAt(`https://localhost:${http1.addr.port}`, {
        ...AUTHORITY,
        protocol: "grpc",
      }),
      wanted: /^Try http\/protobuf with --protocol$/,
    },
  ]);
  http1.close();
  await hangingUp;
});

Deno.test("tlsRemedy() distinguishes TLS errors", () => {
  const rows: [message: string, wanted: RegExp, error?: unknown][] = [
    ["received corrupt message of type InvalidContentType", /may not use TLS/],
    ["no answer in time", /may not use TLS/, new NoAnswer("no answer in time")],
    ["invalid peer certificate: UnknownIssuer", /certificate of the authority that signed it/],
    ["invalid peer certificate: CaUsedAsEndEntity", /certificate of the authority that signed it/],
    [
      "invalid peer certificate: certificate not valid for name",
      /^Use the host name that the certificate is for in --endpoint$/,
    ],
    ["invalid peer certificate: NotValidForName", /^Use the host name that the certificate is for/],
    ["invalid peer certificate: Expired", /^Renew the server's certificate/],
    ["received fatal alert: CertificateRequired", /require a client certificate: set --exporter/],
    ["received fatal alert: HandshakeFailure", /require a client certificate: set --exporter/],
    ["something else", /^Check --endpoint and --exporter-otlp-certificate$/],
  ];
  assertRemedies(rows.map(([message, wanted, error]) => ({
    trouble: message,
    remedy: tlsRemedy(message, error, KNOBS),
    wanted,
  })));
});

/** Closes each connection right after the handshake. */
async function hangUp(listener: Deno.TlsListener): Promise<void> {
  try {
    for await (const connection of listener) {
      connection.handshake().catch(() => {}).finally(() => connection.close());
    }
  } catch (error) {
    // A failed handshake also ends the loop.
    if (!(error instanceof Deno.errors.BadResource)) await hangUp(listener);
  }
}

/** Makes every time limit expire immediately. */
async function withoutPatience<T>(use: () => Promise<T>): Promise<T> {
  const { timeout } = AbortSignal;
  AbortSignal.timeout = () => AbortSignal.abort();
  try {
    return await use();
  } finally {
    AbortSignal.timeout = timeout;
  }
}
