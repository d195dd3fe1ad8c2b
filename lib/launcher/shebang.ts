/** How many bytes to read for the lines that name the interpreter. */
const SHEBANG_BYTES = 512;

/** Version managers whose scripts stand for the commands of one runtime, by a variable in these scripts. */
const MANAGED: readonly (readonly [sign: string, interpreter: string])[] = [
  ["$PYENV_DEBUG", "python"],
  ["$RBENV_DEBUG", "ruby"],
  ["$NODENV_DEBUG", "node"],
];

/**
 * The interpreter that a script names, by name or path: in `#!/usr/bin/env -S deno run` it is `deno`. In a pip
 * script with a long path, it is the command that the shell runs; in a script of a version manager, it is the
 * runtime that the manager chooses a version of.
 */
export function interpreterOf(path: string): string | undefined {
  const start = startOf(path) ?? "";
  const [first = "", second = ""] = start.split("\n");
  if (!first.startsWith("#!")) return undefined;
  const [, plugin] = /^# asdf-plugin: (\w+)/.exec(second) ?? [];
  const managed = plugin ?? MANAGED.find(([sign]) => start.includes(`"${sign}"`))?.[1];
  if (managed !== undefined) return managed;
  const [, pip] = /^'''exec' "?([^"]+?)"? "\$0"/.exec(second) ?? [];
  if (pip !== undefined) return pip;
  const [interpreter, ...words] = first.slice(2).trim().split(/\s+/);
  if (!interpreter || !/(^|\/)env$/.test(interpreter)) return interpreter || undefined;
  return words.find((word) => !word.startsWith("-") && !word.includes("="));
}

/**
 * The command that the system would run: a text file without an interpreter is for a shell. Deno itself does
 * this since 2.8.3: https://github.com/denoland/deno/pull/34945
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/functions/exec.html on `execvp`
 */
export function asExecuted(
  path: string,
  args: readonly string[],
): { command: string; args: string[] } {
  const start = Deno.build.os === "windows" ? undefined : startOf(path);
  const isForShell = start !== undefined && !start.startsWith("#!") && !start.includes("\0");
  return isForShell
    ? { command: "/bin/sh", args: [path, ...args] }
    : { command: path, args: [...args] };
}

function startOf(path: string): string | undefined {
  try {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(SHEBANG_BYTES);
    return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch {
    return undefined; // an unreadable file can still be run
  }
}
