/** A system that executables are released for. */
export interface Target {
  /** Its name in the names of files: Node's names of the system and the processor. */
  name: string;
  /** Its name for `deno compile --target`. */
  triple: string;
  os: "linux" | "darwin" | "win32";
  cpu: "x64" | "arm64";
}

/** All of them. */
export const TARGETS: readonly Target[] = [
  target("linux", "x64", "x86_64-unknown-linux-gnu"),
  target("linux", "arm64", "aarch64-unknown-linux-gnu"),
  target("darwin", "x64", "x86_64-apple-darwin"),
  target("darwin", "arm64", "aarch64-apple-darwin"),
  target("win32", "x64", "x86_64-pc-windows-msvc"),
];

function target(os: Target["os"], cpu: Target["cpu"], triple: string): Target {
  return { name: `${os}-${cpu}`, triple, os, cpu };
}

/** The name of the executable on a target. */
export function executableName({ os }: Target): string {
  return os === "win32" ? "otel-kit.exe" : "otel-kit";
}

/** The name of a target's archive. `install.sh`, mise, and ubi depend on it. */
export function archiveName(version: string, { name, os }: Target): string {
  return `otel-kit-${version}-${name}.${os === "win32" ? "zip" : "tar.gz"}`;
}
