import { Buffer } from "node:buffer";
import type { KeyObject, X509Certificate } from "node:crypto";
import process from "node:process";
import { messageOf } from "../../error_message.ts";

/** A file of certificates, or with a key, can't be used. */
export class PemFileError extends Error {
  override name = "PemFileError";
  /** How to fix it. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** A file of certificates. */
export interface CertificateFile {
  path: string;
  /** The whole file, unchanged. */
  text: string;
  /** At least one. */
  certificates: readonly [X509Certificate, ...X509Certificate[]];
}

/** A file with a private key. */
export interface KeyFile {
  path: string;
  /** The whole file, unchanged. */
  text: string;
  key: KeyObject;
}

/** From a file with several keys, Deno uses the first key of the first of these kinds. */
const KEY_KINDS = ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY"];

/**
 * Reads the certificates of a file.
 *
 * @throws {PemFileError} If there are none, or one cannot be read.
 */
export function readCertificateFile(path: string): CertificateFile {
  const text = readText(path);
  const [first, ...others] = blocksOf("CERTIFICATE", text);
  if (first === undefined) {
    throw new PemFileError(
      `"${path}" holds no certificate in PEM`,
      text.includes("PRIVATE KEY-----")
        ? "This is a key: certificate and key may be in each other's place"
        : `Convert it: openssl x509 -inform der -in "${path}"`,
    );
  }
  // Loaded on demand, because that takes milliseconds.
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  const read = (block: string) => new X509Certificate(Buffer.from(block));
  try {
    return { path, text, certificates: [read(first), ...others.map(read)] };
  } catch (error) {
    throw new PemFileError(
      `"${path}" holds a certificate that cannot be read`,
      "Get the file again",
      { cause: error },
    );
  }
}

/**
 * Reads the private key of a file.
 *
 * @throws {PemFileError} If there is none that can be used without a password.
 */
export function readKeyFile(path: string): KeyFile {
  const text = readText(path);
  const block = KEY_KINDS.flatMap((kind) => blocksOf(kind, text))[0];
  if (/ENCRYPTED/.test(block ?? text)) {
    throw new PemFileError(
      `"${path}" is encrypted: expected a key without a password`,
      `Decrypt it: openssl pkey -in "${path}"`,
    );
  }
  if (block === undefined) {
    throw new PemFileError(
      `"${path}" holds no private key in PEM`,
      text.includes("BEGIN CERTIFICATE")
        ? "This is a certificate: certificate and key may be in each other's place"
        : `Convert it: openssl pkey -inform der -in "${path}"`,
    );
  }
  const { createPrivateKey } = process.getBuiltinModule("node:crypto");
  try {
    return { path, text, key: createPrivateKey(block) };
  } catch (error) {
    throw new PemFileError(
      `"${path}" holds a private key that cannot be read`,
      "Get the file again; Deno takes RSA, the curves P-256, P-384 and P-521, and Ed25519",
      { cause: error },
    );
  }
}

/** The blocks of one kind, including their markers, which begin a line. */
function blocksOf(kind: string, text: string): string[] {
  const marks = `^-----BEGIN ${kind}-----$[^]*?^-----END ${kind}-----$`;
  return text.replaceAll("\r\n", "\n").match(new RegExp(marks, "gm")) ?? [];
}

/** The text of a file. Devices are not read, because some never end. */
function readText(path: string): string {
  let text: string;
  try {
    const { isCharDevice, isBlockDevice } = Deno.statSync(path);
    if (isCharDevice || isBlockDevice) throw new Error("it is a device");
    text = Deno.readTextFileSync(path);
  } catch (error) {
    throw new PemFileError(
      `cannot read "${path}": ${whyUnreadable(error)}`,
      "Correct the path or the file's permissions",
      { cause: error },
    );
  }
  if (text.trim() !== "") return text;
  throw new PemFileError(`"${path}" is empty`, "Get the file again");
}

function whyUnreadable(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory";
  return messageOf(error);
}
