import type { KeyObject } from "node:crypto";
import { innermostMessage } from "../../connection_failure.ts";
import { type CertificateFile, type KeyFile, PemFileError } from "./pem_files.ts";

/** The curves that Deno supports, by their OpenSSL names. */
const CURVES = ["prime256v1", "secp384r1", "secp521r1"];

const MIN_RSA_BITS = 2048;

/**
 * Checks that Deno can use a certificate with a key. If it can't, Deno 2.7 crashes the whole process at the
 * first connection: https://github.com/denoland/deno/issues/36380
 *
 * @throws {PemFileError} If they do not belong together, or Deno can't use one of them.
 */
export function checkKeyPair(certificate: CertificateFile, { path, text, key }: KeyFile): void {
  if (!isOfKnownKind(key)) {
    throw new PemFileError(
      `"${path}" contains a key that Deno cannot use`,
      "Use an RSA key of 2048 bits or more, one of the curves P-256, P-384 and P-521, or Ed25519",
    );
  }
  if (!certificate.certificates[0].checkPrivateKey(key)) {
    throw new PemFileError(
      `"${path}" is not the key of "${certificate.path}"`,
      "Take certificate and key that were made together; the client's certificate comes first in " +
        "its file",
    );
  }
  const refusal = refusalOf(certificate.text, text);
  if (refusal !== undefined) {
    throw new PemFileError(
      `Deno cannot use "${certificate.path}" with "${path}" (${refusal})`,
      "Use a certificate of X.509 version 3 without unusual extensions",
    );
  }
}

function isOfKnownKind({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject) {
  if (type === "rsa") return (details?.modulusLength ?? 0) >= MIN_RSA_BITS;
  return type === "ed25519" || (type === "ec" && CURVES.includes(details?.namedCurve ?? ""));
}

/**
 * Deno's error when a server starts with the certificate and key. A server applies the same rules as a client
 * and explains them. Undefined if it accepts them, or if starting a server is not permitted.
 */
function refusalOf(cert: string, key: string): string | undefined {
  const hostname = "127.0.0.1";
  const { state } = Deno.permissions.querySync({ name: "net", host: `${hostname}:0` });
  if (state !== "granted") return undefined;
  try {
    Deno.listenTls({ hostname, port: 0, cert, key }).close();
    return undefined;
  } catch (error) {
    const isOfNetwork = error instanceof Deno.errors.AddrInUse ||
      error instanceof Deno.errors.AddrNotAvailable || /\(os error /.test(innermostMessage(error));
    return isOfNetwork ? undefined : innermostMessage(error);
  }
}
