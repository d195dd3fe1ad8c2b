import { innermostMessage } from "../../connection_failure.ts";
import { checkKeyPair } from "./key_pair.ts";
import {
  type CertificateFile,
  PemFileError,
  readCertificateFile,
  readKeyFile,
} from "./pem_files.ts";
import type { OtlpTarget } from "./target.ts";

/** Certificates and key, as `Deno.createHttpClient` and `Deno.connectTls` expect them. */
export type TlsOptions =
  & { caCerts?: string[] }
  & ({ cert: string; key: string } | { cert?: never });

/**
 * Reads the PEM files of a target and checks that Deno can use them.
 *
 * @throws {Error} If a file cannot be read or used, if only one of certificate and key is given, or if
 *   they do not belong together.
 */
export function readTlsFiles(
  { certificate, clientCertificate, clientKey }: OtlpTarget,
): TlsOptions {
  const trusted = certificate === undefined ? {} : { caCerts: [readAuthorities(certificate).text] };
  if (clientCertificate === undefined && clientKey === undefined) return trusted;
  if (clientCertificate === undefined || clientKey === undefined) {
    throw new Error("mutual TLS needs both client certificate and client key");
  }
  const [own, key] = [readCertificateFile(clientCertificate), readKeyFile(clientKey)];
  checkKeyPair(own, key);
  return { ...trusted, cert: own.text, key: key.text };
}

/**
 * Reads the certificates of trusted authorities.
 *
 * @throws {PemFileError} If there are none, or Deno cannot use one of them.
 */
export function readAuthorities(path: string): CertificateFile {
  const file = readCertificateFile(path);
  try {
    Deno.createHttpClient({ caCerts: [file.text] }).close();
  } catch (error) {
    throw new PemFileError(
      `"${path}" holds a certificate that Deno cannot use (${innermostMessage(error)})`,
      "Get the file again",
      { cause: error },
    );
  }
  return file;
}
