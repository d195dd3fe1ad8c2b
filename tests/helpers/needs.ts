/** A permission that a test cannot do without. */
export type Need = "net" | "env" | "read" | "write" | "run" | "sys";

/** What a test needs beyond running, besides permissions. */
export interface Condition {
  /** Why the test is ignored; undefined if it can run. */
  missing: string | undefined;
}

/** Registers a test that runs where its permissions are granted, and is ignored elsewhere. */
export function testWith(
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  testIf({ missing: undefined }, needs, name, fn);
}

/** As {@linkcode testWith}; where the condition is not met the test's name says so. */
export function testIf(
  { missing }: Condition,
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  Deno.test({
    name: missing ? `${name} (ignored: ${missing})` : name,
    fn,
    ignore: missing !== undefined || !areGranted(needs),
  });
}

/** Whether all of the permissions are granted. */
export function areGranted(needs: readonly Need[]): boolean {
  return needs.every((name) => Deno.permissions.querySync({ name }).state === "granted");
}
