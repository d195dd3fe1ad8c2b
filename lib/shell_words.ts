type Os = typeof Deno.build.os;

/** A path as it can stand in a command; one that begins with `-` would be taken for a flag. */
export function shellPath(path: string, os: Os = Deno.build.os): string {
  return shellWord(path.startsWith("-") ? `./${path}` : path, os);
}

/** A word of a command, so that a shell takes it as it is: in quotes where it needs them. */
export function shellWord(word: string, os: Os = Deno.build.os): string {
  const plain = os === "windows" ? /^[\w.:/\\-]+$/ : /^[\w.:/-]+$/;
  return plain.test(word) ? word : quotedForShell(word, os);
}

/**
 * A word in the quotes that it needs. Double quotes mean the same in `sh`, PowerShell and cmd, as
 * long as nothing in them is special; single quotes, which cmd does not know, leave alone what is:
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function quotedForShell(word: string, os: Os = Deno.build.os): string {
  const [special, quote] = os === "windows" ? [/[$`"]/, "''"] : [/[$`"\\!]/, `'\\''`];
  return special.test(word) ? `'${word.replaceAll("'", () => quote)}'` : `"${word}"`;
}
