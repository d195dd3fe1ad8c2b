/** A permission that a test cannot do without. */
export type Permission = "net" | "env" | "read" | "write" | "run" | "sys";

/** What only some systems have, and why a test is ignored on others. */
const TRAITS = {
  /** A program is asked to end, and what it does and says then matters. */
  signals: { isHere: Deno.build.os !== "windows", missing: "no POSIX signals on Windows" },
  /** `sh` and the commands that come with it. */
  shell: { isHere: Deno.build.os !== "windows", missing: "no POSIX shell on Windows" },
  /** Files may be protected, or executable. */
  modes: { isHere: Deno.build.os !== "windows", missing: "files have no modes on Windows" },
  /** The arguments and the environment of other programs. */
  proc: {
    isHere: Deno.build.os === "linux",
    missing: "only Linux shows how programs were started",
  },
};

/** What a test cannot do without. */
export type Need = Permission | keyof typeof TRAITS;

/** What a test needs beyond running, besides permissions. */
export interface Condition {
  /** Why the test is ignored; undefined if it can run. */
  missing: string | undefined;
}

/**
 * Registers a test that runs where its permissions are granted, on systems that have what it needs, and
 * is ignored elsewhere.
 */
export function testWith(
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  testIf({ missing: undefined }, needs, name, fn);
}

/** As {@linkcode testWith}; where the condition is not met the test's name says so. */
export function testIf(
  condition: Condition,
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  const traits = needs.filter(isTrait).map((need) => TRAITS[need]);
  const missing = traits.find(({ isHere }) => !isHere)?.missing ?? condition.missing;
  Deno.test({
    name: missing ? `${name} (ignored: ${missing})` : name,
    fn,
    ignore: missing !== undefined || !areGranted(needs.filter((need) => !isTrait(need))),
  });
}

/** Whether all of the permissions are granted. */
export function areGranted(needs: readonly Permission[]): boolean {
  return needs.every((name) => Deno.permissions.querySync({ name }).state === "granted");
}

function isTrait(need: Need): need is keyof typeof TRAITS {
  return need in TRAITS;
}
