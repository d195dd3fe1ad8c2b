import type { BundledPackage } from "./bundled_packages.ts";
import { packageFolder } from "./package_folder.ts";
import { DENO_LICENSE, V8_LICENSE } from "./runtime_licenses.ts";

/** Files of a package that its license requires to be passed on. */
const LICENSE_FILE = /^(license|copying|notice)([.-]|$)/i;

const RULE = "=".repeat(80);

/** The licenses of everything in the executable; packages with the same text are listed together. */
export async function thirdPartyLicenses(packages: readonly BundledPackage[]): Promise<string> {
  const holders = new Map<string, string[]>([
    [DENO_LICENSE, ["Deno, the runtime (MIT)"]],
    [V8_LICENSE, ["V8, its JavaScript engine (BSD-3-Clause)"]],
  ]);
  for (const bundled of packages) {
    const text = await licenseText(bundled);
    const holder = `${bundled.name} ${bundled.version} (${bundled.license})`;
    holders.set(text, [...holders.get(text) ?? [], holder]);
  }
  const parts = [...holders].map(([text, names]) => `${RULE}\n${names.join("\n")}\n\n${text}\n`);
  return "otel-kit contains the following software of others. Its own license is Apache-2.0.\n\n" +
    parts.join("\n");
}

async function licenseText({ name, version }: BundledPackage): Promise<string> {
  const folder = await packageFolder(name, version);
  const files = (await Array.fromAsync(Deno.readDir(folder)))
    .flatMap(({ name, isFile }) => isFile && LICENSE_FILE.test(name) ? [name] : [])
    .toSorted();
  if (files.length === 0) throw new Error(`Cannot ship ${name} ${version}: it has no license file`);
  const texts = await Promise.all(files.map((file) => Deno.readTextFile(new URL(file, folder))));
  return texts.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n");
}
