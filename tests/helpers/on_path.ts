import { areGranted, type Condition } from "./needs.ts";

/** The first file with that name in the folders of PATH; just the name if there is none. */
export function onPath(name: string): string {
  if (!areGranted(["env", "read"])) return name;
  const separator = Deno.build.os === "windows" ? ";" : ":";
  for (const folder of (Deno.env.get("PATH") ?? "").split(separator)) {
    if (folder !== "" && isFile(`${folder}/${name}`)) return `${folder}/${name}`;
  }
  return name;
}

/** Requires the program to be installed. */
export function needsProgram(name: string): Condition {
  const isMissing = areGranted(["env", "read"]) && onPath(name) === name;
  return { missing: isMissing ? `no ${name} on PATH` : undefined };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
