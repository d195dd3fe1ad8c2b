import { within } from "./patience.ts";
import { type Shared, takeTurn } from "./turns.ts";

/** A permission that a test needs. */
export type Permission = "net" | "env" | "read" | "write" | "run" | "sys";

/** Features that only some systems have, and why tests that need them are ignored on others. */
const TRAITS = {
  /** The test asks a program to stop, and checks how it does. */
  signals: { isHere: Deno.build.os !== "windows", missing: "no POSIX signals on Windows" },
  /** `sh` and the commands that come with it. */
  shell: { isHere: Deno.build.os !== "windows", missing: "no POSIX shell on Windows" },
  /** Files can be protected or executable. */
  modes: { isHere: Deno.build.os !== "windows", missing: "files have no modes on Windows" },
  /** Access to the arguments and environment of other programs. */
  proc: {
    isHere: Deno.build.os === "linux",
    missing: "only Linux shows how programs were started",
  },
};

/** Something that a test needs. */
export type Need = Permission | keyof typeof TRAITS;

/** What a test needs besides permissions and features. */
export interface Condition {
  /** Why the test is ignored; undefined if it can run. */
  missing: string | undefined;
  /**
   * Resources that the test uses exclusively: no other test that lists them runs meanwhile, in any file or
   * process.
   */
  alone?: readonly Shared[];
}

/** For tests whose apps take port 5000 if it is free. */
export const WITH_PORT_5000: Condition = { missing: undefined, alone: ["port 5000"] };

/**
 * The longest test takes a fraction of this. It ends tests that hang without a shorter timeout of their
 * own.
 */
const TEST_LIMIT_MS = 180_000;

/** Options of {@linkcode testIf}. */
export interface TestOptions
  extends Pick<Deno.TestDefinition, "sanitizeOps" | "sanitizeResources"> {
  /** Time limit for the whole test. */
  limitMillis?: number;
}

/**
 * Registers a test that runs if its permissions are granted and the system has what it needs; otherwise its
 * name says why it is ignored.
 */
export function testWith(
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  testIf({ missing: undefined }, needs, name, fn);
}

/** Like {@linkcode testWith}, but the condition must also be met. */
export function testIf(
  { missing, alone = [] }: Condition,
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
  { limitMillis = TEST_LIMIT_MS, ...sanitizers }: TestOptions = {},
): void {
  const refused = needs.filter((need) => !isTrait(need) && !areGranted([need]));
  const lacking = needs.filter(isTrait).map((need) => TRAITS[need]).find(({ isHere }) => !isHere);
  const reason = lacking?.missing ??
    (refused.length > 0 ? `no ${refused.map((name) => `--allow-${name}`).join(", ")}` : missing);
  Deno.test({
    ...sanitizers,
    name: reason === undefined ? name : `${name} (ignored: ${reason})`,
    ignore: reason !== undefined,
    async fn(t) {
      using turns = new DisposableStack();
      // Always in the same order, or two tests could deadlock.
      for (const what of alone.toSorted()) turns.use(await takeTurn(what));
      await within((async () => await fn(t))(), "the end of this test", limitMillis);
    },
  });
}

/** Whether all the permissions are granted. */
export function areGranted(needs: readonly Permission[]): boolean {
  return needs.every((name) => Deno.permissions.querySync({ name }).state === "granted");
}

function isTrait(need: Need): need is keyof typeof TRAITS {
  return need in TRAITS;
}
