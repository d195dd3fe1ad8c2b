/**
 * Counts the tests that were ignored, by reason, in what `deno test` wrote.
 *
 *     deno run --allow-read scripts/ignored_tests.ts [--strict] FILE
 *
 * With --strict, for a Linux machine where everything is installed, it fails if any other test is ignored
 * than those that cannot run there.
 */

/** What may keep a test from running where everything is installed, and how many tests that is. */
const EXPECTED: readonly { reason: RegExp; most: number }[] = [
  // The servers run as plain programs there; that Docker takes the compose file is for machines with it.
  { reason: /^(no docker on PATH|docker has no compose command)$/, most: 2 },
  { reason: /^root may write everywhere$/, most: 1 },
  // The checker is built from its source, which takes half an hour.
  { reason: /^no weaver on PATH with /, most: 4 },
  // A version of Deno whose runtime for executables cannot be had; the other version has built one.
  { reason: /^this Deno cannot get what it makes executables of$/, most: 1 },
];

/** The names of the tests that were ignored, by reason; tests that ran several times count once. */
export function countIgnored(log: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const line of log.split("\n")) {
    const [, test] = /^(.*) \.\.\. ignored \(\S+\)$/.exec(line) ?? [];
    if (test === undefined) continue;
    const [, name = test, reason = "no reason is given"] = /^(.*) \(ignored: (.*)\)$/.exec(test) ??
      [];
    const names = found.get(reason) ?? new Set();
    // Of test files that run side by side, each test is told with its file.
    found.set(reason, names.add(name.replace(/^\.\/\S+ => /, "")));
  }
  return found;
}

/** What is not as expected where everything is installed, a line for each reason. */
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
