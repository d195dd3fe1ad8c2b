/**
 * Counts the ignored tests by reason in the output of `deno test`.
 *
 *     deno run --allow-read scripts/ignored_tests.ts [--strict] FILE
 *
 * With --strict, for a Linux machine with everything installed, it fails if any test is ignored that could run
 * there.
 */

/** Reasons for ignoring a test even if everything is installed, with the number of tests. */
const EXPECTED: readonly { reason: RegExp; most: number }[] = [
  // There, the servers run as plain programs; testing the compose files requires Docker.
  { reason: /^(no docker on PATH|docker has no compose command)$/, most: 3 },
  { reason: /^root may write everywhere$/, most: 1 },
  // The checker is built from its source, which takes half an hour.
  { reason: /^no weaver on PATH with /, most: 4 },
  // A version of Deno whose runtime for executables can't be downloaded; the other version has built one.
  { reason: /^this Deno cannot get what it makes executables of$/, most: 1 },
  { reason: /^run deno compile of \S+ once$/, most: 1 },
];

/** The names of the ignored tests, by reason; tests that ran several times count once. */
export function countIgnored(log: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const line of log.split("\n")) {
    const [, test] = /^(.*) \.\.\. ignored \(\S+\)$/.exec(line) ?? [];
    if (test === undefined) continue;
    const [, name = test, reason = "no reason is given"] = /^(.*) \(ignored: (.*)\)$/.exec(test) ??
      [];
    const names = found.get(reason) ?? new Set();
    // If test files run in parallel, each test is printed with its file.
    found.set(reason, names.add(name.replace(/^\.\/\S+ => /, "")));
  }
  return found;
}

/** Deviations from the expected result on a machine with everything installed, one line per reason. */
export function unexpected(ignored: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...ignored].flatMap(([reason, names]) => {
    const most = EXPECTED.find((expected) => expected.reason.test(reason))?.most ?? 0;
    if (names.size <= most) return [];
    return [`${names.size} for "${reason}", ${most} at most: ${[...names].join("; ")}`];
  });
}

if (import.meta.main) {
  const path = Deno.args.at(-1);
  if (path === undefined) throw new Error("Cannot count: expected the file of a log");
  const ignored = countIgnored(await Deno.readTextFile(path));
  const rows = [...ignored].map(([reason, { size }]) => ({ reason, size }))
    .sort((a, b) => b.size - a.size);
  const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  for (const { reason, size } of rows) say(`${String(size).padStart(4)} ignored: ${reason}`);
  const problems = Deno.args.includes("--strict") ? unexpected(ignored) : [];
  for (const problem of problems) say(`Cannot accept ignored tests: ${problem}`);
  if (problems.length > 0) Deno.exit(1);
}
