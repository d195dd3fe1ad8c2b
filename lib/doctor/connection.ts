import { lookup } from "node:dns/promises";
import { connectionFailure, errorChain, NO_ANSWER } from "../connection_failure.ts";
import { addressOf } from "../host.ts";
import type { OtlpTarget } from "../telemetry/otlp/target.ts";
import { readTlsFiles } from "../telemetry/otlp/tls_files.ts";
import { type Finding, findingsOf } from "./finding.ts";
import type { Knobs } from "./knobs.ts";
import { NoAnswer, STEP_LIMIT_MS, withinLimit } from "./limit.ts";

const { ok, failed } = findingsOf("endpoints");

/**
 * Connects to an endpoint step by step: name, port, TLS. The last finding shows where that ended; if all are
 * `ok`, requests can be sent.
 */
export async function checkConnection(target: OtlpTarget, knobs: Knobs): Promise<Finding[]> {
  const url = new URL(target.url);
  const { hostname, port } = addressOf(url);

  const names = await checkName(hostname, knobs);
  if (names.finding.status === "failed") return [names.finding];
  const tcp = await checkPort(url.host, hostname, port, names.addresses, knobs);
  if (tcp.status === "failed") return [names.finding, tcp];
  const tls = url.protocol === "https:" ? [await checkTls(target, hostname, port, knobs)] : [];
  return [names.finding, tcp, ...tls];
}

/** Whether a plain-text port responds in TLS, whatever its certificate. */
export async function speaksTls(url: URL): Promise<boolean> {
  try {
    await shakeHands(addressOf(url));
    return true;
  } catch (error) {
    return errorChain(error).some((message) => /certificate/i.test(message));
  }
}

async function checkName(
  hostname: string,
  knobs: Knobs,
): Promise<{ finding: Finding; addresses: string[] }> {
  try {
    const found = await withinLimit(lookup(hostname, { all: true }));
    const addresses = [...new Set(found.map(({ address }) => address))];
    const finding = addresses.includes(hostname)
      ? ok(`${hostname} is an address`)
      : ok(`${hostname} is ${addresses.join(", ")}`);
    return { finding, addresses };
  } catch (error) {
    const reason = error instanceof NoAnswer ? error.message : "the host name is not known";
    return {
      addresses: [],
      finding: failed(
        `Cannot find "${hostname}": ${reason}`,
        `Check the name in ${knobs.endpoint}, and the DNS of this machine`,
      ),
    };
  }
}

async function checkPort(
  host: string,
  hostname: string,
  port: number,
  addresses: string[],
  knobs: Knobs,
): Promise<Finding> {
  const signal = AbortSignal.timeout(STEP_LIMIT_MS);
  const attempts = addresses.map(async (address) => {
    (await Deno.connect({ hostname: address, port, signal })).close();
  });
  try {
    await Promise.any(attempts);
    return ok(`Port ${port} of ${hostname} accepts connections`);
  } catch (error) {
    const [first] = (error as AggregateError).errors;
    if (signal.aborted) {
      return failed(
        `Cannot connect to ${host}: ${NO_ANSWER}`,
        `Check host and port in ${knobs.endpoint}; a firewall may block the connection`,
      );
    }
    const isLoopback = /^(localhost|127\.|::1$)/.test(hostname);
    return failed(
      `Cannot connect to ${host}: ${connectionFailure(first)}`,
      `Start a collector there, or choose another place with ${knobs.endpoint}` +
        (isLoopback ? "; in a container, localhost is the container itself" : ""),
    );
  }
}

async function checkTls(
  target: OtlpTarget,
  hostname: string,
  port: number,
  knobs: Knobs,
): Promise<Finding> {
  const isGrpc = target.protocol === "grpc";
  const { host } = new URL(target.url);
  const offer = isGrpc ? { alpnProtocols: ["h2"] } : {};
  try {
    const { alpnProtocol } = await shakeHands({
      hostname,
      port,
      ...readTlsFiles(target),
      ...offer,
    });
    if (!isGrpc || alpnProtocol === "h2") return ok(`The certificate of ${host} is trusted`);
    return noHttp2(host, knobs);
  } catch (error) {
    const message = errorChain(error).join("\n");
    if (/NoApplicationProtocol/i.test(message)) return noHttp2(host, knobs);
    return failed(
      `Cannot open TLS to ${host}: ${connectionFailure(error)}`,
      tlsRemedy(message, error, knobs),
    );
  }
}

function noHttp2(host: string, knobs: Knobs): Finding {
  return failed(
    `Cannot send over gRPC to ${host}: the server does not offer HTTP/2`,
    `Try http/protobuf with ${knobs.protocol}`,
  );
}

/** What to do if the TLS handshake fails, by the messages of the error and its causes. */
export function tlsRemedy(message: string, error: unknown, knobs: Knobs): string {
  if (error instanceof NoAnswer || /InvalidContentType|corrupt message|eof/i.test(message)) {
    return `The port may not use TLS: try http:// in ${knobs.endpoint}`;
  }
  if (/UnknownIssuer|CaUsedAsEndEntity/i.test(message)) {
    return `Set the certificate of the authority that signed it with ${knobs.certificate}`;
  }
  if (/not ?valid ?for ?name/i.test(message)) {
    return `Use the host name that the certificate is for in ${knobs.endpoint}`;
  }
  if (/expired/i.test(message)) return "Renew the server's certificate, or check the clock";
  if (/alert|handshake|CertificateRequired/i.test(message)) {
    return `The server may require a client certificate: set ${knobs.clientCertificate}`;
  }
  return `Check ${knobs.endpoint} and ${knobs.certificate}`;
}

async function shakeHands(options: Deno.ConnectTlsOptions & Partial<Deno.TlsCertifiedKeyPem>) {
  const connecting = Deno.connectTls(options);
  const connection = await withinLimit(connecting).catch((error) => {
    connecting.then((late) => late.close(), () => {});
    throw error;
  });
  try {
    return await withinLimit(connection.handshake());
  } finally {
    connection.close();
  }
}
