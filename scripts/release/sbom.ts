import { createHash } from "node:crypto";
import { REPOSITORY } from "../../lib/repository.ts";
import type { BundledPackage } from "../program/bundled_packages.ts";
import type { Release } from "./release.ts";

/** Packages by `NAME@VERSION`, some with the packages that they were resolved with after a `_`. */
type LockedPackages = Record<string, { integrity?: string }>;

const LOCK_FILE = new URL("../../deno.lock", import.meta.url);

/**
 * What is in the executables, as CycloneDX 1.6: the packages of the bundle, with the checksums that the lock
 * file holds, and the runtime.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export async function sbom({ version, commit, date, packages }: Release): Promise<string> {
  const { npm: locked }: { npm: LockedPackages } = JSON.parse(await Deno.readTextFile(LOCK_FILE));
  const components = [
    ...packages.map((bundled) => library(bundled, checksum(bundled, locked))),
    runtime("deno", Deno.version.deno, "MIT", "denoland/deno"),
    runtime("v8", Deno.version.v8, "BSD-3-Clause", "v8/v8"),
  ];
  const self = `pkg:generic/otel-kit@${version}`;
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([version, commit, components]))}`,
    version: 1,
    metadata: {
      timestamp: date,
      component: {
        type: "application",
        "bom-ref": self,
        name: "otel-kit",
        version,
        licenses: [{ license: { id: "Apache-2.0" } }],
        purl: self,
        externalReferences: [{ type: "vcs", url: REPOSITORY }],
        ...commit !== undefined && { properties: [{ name: "otel-kit:commit", value: commit }] },
      },
    },
    components,
    dependencies: [{ ref: self, dependsOn: components.map((component) => component["bom-ref"]) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function library({ name, version, license }: BundledPackage, hash: string | undefined) {
  const [scope, rest] = name.startsWith("@") ? name.split("/") : [undefined, name];
  const purl = `pkg:npm/${scope ? `%40${scope.slice(1)}/` : ""}${rest}@${version}`;
  return {
    type: "library",
    "bom-ref": purl,
    ...scope && { group: scope },
    name: rest!,
    version,
    ...hash && { hashes: [{ alg: "SHA-512", content: hash }] },
    licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }],
    purl,
  };
}

/** The checksum of a package's archive, in hexadecimal digits. */
function checksum(
  { name, version }: BundledPackage,
  packages: LockedPackages,
): string | undefined {
  const key = `${name}@${version}`;
  const [, { integrity = "" } = {}] = Object.entries(packages)
    .find(([locked]) => locked === key || locked.startsWith(`${key}_`)) ?? [];
  const [, base64] = /^sha512-(.+)$/.exec(integrity) ?? [];
  return base64 && Uint8Array.fromBase64(base64).toHex();
}

function runtime(name: string, version: string, license: string, repository: string) {
  const purl = `pkg:github/${repository}@v${version}`;
  return {
    type: "platform",
    "bom-ref": purl,
    name,
    version,
    licenses: [{ license: { id: license } }],
    purl,
  };
}

/** A UUID of version 8 (RFC 9562) that depends on the text only. */
function uuidOf(text: string): string {
  const digits = createHash("sha256").update(text).digest("hex");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-a${
    digits.slice(17, 20)
  }-${digits.slice(20, 32)}`;
}
