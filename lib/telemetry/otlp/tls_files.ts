import type { OtlpTarget } from "./target.ts";

/** Certificates and key, as `Deno.createHttpClient` and `Deno.connectTls` take them. */
export type TlsOptions =
  & { caCerts?: string[] }
  & ({ cert: string; key: string } | { cert?: never });

/**
 * Reads the PEM files of a target.
 *
 * @throws {Error} If a file cannot be read, or if only one of certificate and key is given.
 */
export function readTlsFiles(
  { certificate, clientCertificate, clientKey }: OtlpTarget,
): TlsOptions {
  const trusted = certificate === undefined ? {} : { caCerts: [readPem(certificate)] };
  if (clientCertificate === undefined && clientKey === undefined) return trusted;
  if (clientCertificate === undefined || clientKey === undefined) {
    throw new Error("mutual TLS needs both client certificate and client key");
  }
  return { ...trusted, cert: readPem(clientCertificate), key: readPem(clientKey) };
}

function readPem(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound ? "there is no such file" : String(error);
    throw new Error(`cannot read "${path}": ${reason}`, { cause: error });
  }
}
