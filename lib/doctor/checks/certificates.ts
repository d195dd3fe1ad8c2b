import type { X509Certificate } from "node:crypto";
import { checkKeyPair } from "../../telemetry/otlp/key_pair.ts";
import {
  type CertificateFile,
  type KeyFile,
  PemFileError,
  readCertificateFile,
  readKeyFile,
} from "../../telemetry/otlp/pem_files.ts";
import type { OtlpTarget } from "../../telemetry/otlp/target.ts";
import { readAuthorities } from "../../telemetry/otlp/tls_files.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";
import { type Knobs, knobsOf } from "../knobs.ts";
import { findRoutes } from "../routes.ts";

const { ok, warning, failed, skipped } = findingsOf("certificates");

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate that expires sooner than this causes a warning. */
const SOON_DAYS = 30;

/** Files that belong together. */
type Files = Pick<OtlpTarget, "certificate" | "clientCertificate" | "clientKey">;

/** Checks certificates and keys: readable, PEM, not expired, and matching. */
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
  // Groups that differ in one file share the others.
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
  const authorities = certificate === undefined
    ? undefined
    : readFile(certificate, readAuthorities);
  const own = clientCertificate === undefined
    ? undefined
    : readFile(clientCertificate, readCertificateFile);
  const key = clientKey === undefined ? undefined : readFile(clientKey, readKeyFile);
  findings.push(
    ...judgeFile(authorities, "authorities to trust"),
    ...judgeFile(own, "client certificate"),
    ...key instanceof PemFileError ? [problem(key)] : [],
  );
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
  }
  return own && key && !(own instanceof PemFileError) && !(key instanceof PemFileError)
    ? [...findings, judgePair(own, key)]
    : findings;
}

/** The file, or what is wrong with it. */
function readFile<T>(path: string, read: (path: string) => T): T | PemFileError {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof PemFileError) return error;
    throw error;
  }
}

function problem({ message, remedy }: PemFileError): Finding {
  return failed(message[0]!.toUpperCase() + message.slice(1), remedy);
}

function judgePair(certificate: CertificateFile, key: KeyFile): Finding {
  try {
    checkKeyPair(certificate, key);
    return ok(`"${key.path}" is the key of "${certificate.path}"`);
  } catch (error) {
    if (error instanceof PemFileError) return problem(error);
    throw error;
  }
}

function judgeFile(file: CertificateFile | PemFileError | undefined, what: string): Finding[] {
  if (file === undefined) return [];
  if (file instanceof PemFileError) return [problem(file)];
  const { path, certificates } = file;
  const troubles = certificates.flatMap((certificate) => judgeValidity(path, certificate));
  const ends = Math.min(...certificates.map(({ validTo }) => Date.parse(validTo)));
  return troubles.length > 0
    ? troubles
    : [ok(`"${path}" is valid until ${dateOf(ends)} (${what})`)];
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

function dateOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}
