import { Buffer } from "node:buffer";
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { messageOf } from "../../error_message.ts";
import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";
import { type Knobs, knobsOf } from "../knobs.ts";
import { findRoutes } from "../routes.ts";

const { ok, warning, failed, skipped } = findingsOf("certificates");

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate that ends earlier is worth a warning. */
const SOON_DAYS = 30;

/** Files that belong together. */
type Files = Pick<OtlpTarget, "certificate" | "clientCertificate" | "clientKey">;

/** Certificates and keys: readable, PEM, not expired, and fitting each other. */
export function checkCertificates(input: DoctorInput): Finding[] {
  const knobs = knobsOf(input);
  const targets = findRoutes(input).flatMap(({ targets }) => targets);
  const groups = Map.groupBy(
    targets,
    ({ certificate, clientCertificate, clientKey }) =>
      JSON.stringify([certificate, clientCertificate, clientKey]),
  );
  const findings = [...groups.values()].flatMap(([target, ...others]) =>
    examineFiles(target!, [target!, ...others], knobs)
  );
  // Groups that differ in one file have the others in common.
  const once = new Map(findings.map((finding) => [finding.message, finding]));
  return once.size > 0 ? [...once.values()] : [skipped("No certificates are given")];
}

function examineFiles(files: Files, targets: OtlpTarget[], knobs: Knobs): Finding[] {
  const { certificate, clientCertificate, clientKey } = files;
  const given = [certificate, clientCertificate, clientKey].filter((path) => path !== undefined);
  if (given.length === 0) return [];
  const findings: Finding[] = [];
  if (targets.every(({ url }) => url.startsWith("http:"))) {
    findings.push(
      warning(
        `No effect of ${given.map((path) => `"${path}"`).join(", ")}: the endpoint is ` +
          `"${new URL(targets[0]!.url).origin}", without TLS`,
        `Write https:// in ${knobs.endpoint}`,
      ),
    );
  }
  if (certificate !== undefined) {
    findings.push(...readCertificates(certificate, "authorities to trust").findings);
  }
  const own = clientCertificate === undefined
    ? undefined
    : readCertificates(clientCertificate, "client certificate");
  const key = clientKey === undefined ? undefined : readKey(clientKey);
  findings.push(...own?.findings ?? [], ...key?.findings ?? []);
  if ((own === undefined) !== (key === undefined)) {
    findings.push(
      failed(
        `Only "${
          clientCertificate ?? clientKey
        }" is given: mutual TLS needs both certificate and ` +
          "key",
        `Set ${knobs.clientCertificate}`,
      ),
    );
  } else if (own?.first && key?.key) {
    findings.push(
      own.first.checkPrivateKey(key.key)
        ? ok(`"${clientKey}" is the key of "${clientCertificate}"`)
        : failed(
          `"${clientKey}" is not the key of "${clientCertificate}"`,
          "Take certificate and key that were made together; the client's certificate comes " +
            "first in its file",
        ),
    );
  }
  return findings;
}

/** The findings on a file of certificates, and the first of these. */
function readCertificates(
  path: string,
  what: string,
): { findings: Finding[]; first?: X509Certificate } {
  const text = readText(path);
  if (typeof text !== "string") return { findings: [text] };
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    const remedy = text.includes("PRIVATE KEY-----")
      ? "This is a key: certificate and key may be in each other's place"
      : `Convert it: openssl x509 -inform der -in "${path}"`;
    return { findings: [failed(`"${path}" holds no certificate in PEM`, remedy)] };
  }
  const certificates: X509Certificate[] = [];
  for (const block of blocks) {
    try {
      certificates.push(new X509Certificate(Buffer.from(block)));
    } catch {
      return {
        findings: [
          failed(`"${path}" holds a certificate that cannot be read`, "Get the file again"),
        ],
      };
    }
  }
  const troubles = certificates.flatMap((certificate) => judgeValidity(path, certificate));
  const ends = Math.min(...certificates.map(({ validTo }) => Date.parse(validTo)));
  return {
    first: certificates[0]!,
    findings: troubles.length > 0
      ? troubles
      : [ok(`"${path}" is valid until ${dateOf(ends)} (${what})`)],
  };
}

function judgeValidity(path: string, { subject, validFrom, validTo }: X509Certificate): Finding[] {
  const name = `"${path}" (${subject?.replaceAll("\n", ", ")})`;
  const [starts, ends] = [Date.parse(validFrom), Date.parse(validTo)];
  const renew = "Renew the certificate";
  const days = Math.floor((ends - Date.now()) / DAY_MS);
  if (days < 0) return [failed(`${name} expired on ${dateOf(ends)}`, renew)];
  if (starts > Date.now()) {
    return [
      failed(`${name} is not valid before ${dateOf(starts)}`, "Check the clock of this machine"),
    ];
  }
  return days < SOON_DAYS
    ? [warning(`${name} expires on ${dateOf(ends)}, in ${days} days`, renew)]
    : [];
}

function readKey(path: string): { findings: Finding[]; key?: KeyObject } {
  const text = readText(path);
  if (typeof text !== "string") return { findings: [text] };
  if (/ENCRYPTED/.test(text)) {
    return {
      findings: [
        failed(
          `"${path}" is encrypted: expected a key without a password`,
          `Decrypt it: openssl pkey -in "${path}"`,
        ),
      ],
    };
  }
  try {
    return { findings: [], key: createPrivateKey(text) };
  } catch {
    const remedy = text.includes("BEGIN CERTIFICATE")
      ? "This is a certificate: certificate and key may be in each other's place"
      : `Convert it: openssl pkey -inform der -in "${path}"`;
    return { findings: [failed(`"${path}" holds no private key in PEM`, remedy)] };
  }
}

function readText(path: string): string | Finding {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : error instanceof Deno.errors.PermissionDenied
      ? "the file may not be read"
      : messageOf(error);
    return failed(`Cannot read "${path}": ${reason}`, "Correct the path or the file's rights");
  }
}

function dateOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}
