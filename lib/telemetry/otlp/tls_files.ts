import process from "node:process";
import type { OtlpTarget } from "./target.ts";

/** Certificates and key, as `Deno.createHttpClient` and `Deno.connectTls` take them. */
export type TlsOptions =
  & { caCerts?: string[] }
  & ({ cert: string; key: string } | { cert?: never });

/**
 * Reads the PEM files of a target.
 *
 * @throws {Error} If a file cannot be read, if only one of certificate and key is given, or if the
 *   key is that of another certificate.
 */
export function readTlsFiles(
  { certificate, clientCertificate, clientKey }: OtlpTarget,
): TlsOptions {
  const trusted = certificate === undefined ? {} : { caCerts: [readPem(certificate)] };
  if (clientCertificate === undefined && clientKey === undefined) return trusted;
  if (clientCertificate === undefined || clientKey === undefined) {
    throw new Error("mutual TLS needs both client certificate and client key");
  }
  const [cert, key] = [readPem(clientCertificate), readPem(clientKey)];
  if (isOfAnother(key, cert)) {
    throw new Error(`"${clientKey}" is not the key of "${clientCertificate}"`);
  }
  return { ...trusted, cert, key };
}

/**
 * Whether a key is surely not that of the certificate. Deno, up to 2.9.6 at least, would take the
 * whole process down: https://github.com/denoland/deno/issues/36380
 */
function isOfAnother(key: string, certificate: string): boolean {
  // Loaded where it is needed, since that takes milliseconds.
  const { createPrivateKey, X509Certificate } = process.getBuiltinModule("node:crypto");
  try {
    return !new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false; // of a form that only Deno itself may know
  }
}

function readPem(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound ? "there is no such file" : String(error);
    throw new Error(`cannot read "${path}": ${reason}`, { cause: error });
  }
}
