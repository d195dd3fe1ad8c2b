import { readProgramFile } from "../../program_files.ts";
import { VERSION } from "../../version.ts";
import { describeInstallation, readInstallation } from "./read_installation.ts";

/** What `scripts/program/bundle_program.ts` writes into `build.json`. */
interface Build {
  commit?: string;
  date: string;
  packages: { name: string; version: string }[];
}

/** The lines of `--version --verbose`, which a bug report needs. */
export async function versionReport(): Promise<string[]> {
  const { deno, v8, typescript } = Deno.version;
  const build = await readBuild();
  const rows: [name: string, value: string][] = [
    ["commit", build?.commit ?? "unknown"],
    ["date", build?.date ?? "unknown"],
    ["installed", describeInstallation(await readInstallation())],
    ["target", Deno.build.target],
    ["system", `${Deno.build.os} ${Deno.osRelease()}`],
    ["deno", deno],
    ["v8", v8],
    ["typescript", typescript],
    ["packages", build ? String(build.packages.length) : "not bundled"],
  ];
  return [
    `otel-kit ${VERSION}`,
    ...rows.map(([name, value]) => `  ${name.padEnd(12)}${value}`),
    ...(build?.packages ?? []).map(({ name, version }) => `    ${name} ${version}`),
  ];
}

/** What was built; from sources, nothing was. */
async function readBuild(): Promise<Build | undefined> {
  if (!Deno.build.standalone) return undefined;
  const text = await readProgramFile("build.json");
  return text && JSON.parse(new TextDecoder().decode(text));
}
