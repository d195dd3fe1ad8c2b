import { within } from "./patience.ts";
import { type Shared, takeTurn } from "./turns.ts";

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
  /** What the test has to itself: no other that wants it runs meanwhile, in whichever file or process. */
  alone?: readonly Shared[];
}

/** For tests whose apps take port 5000 if they can. */
export const WITH_PORT_5000: Condition = { missing: undefined, alone: ["port 5000"] };

/** The longest test takes a fraction of it; what hangs ends here, where no shorter patience ends it. */
const TEST_LIMIT_MS = 180_000;

/** Options of {@linkcode testIf}. */
export interface TestOptions
  extends Pick<Deno.TestDefinition, "sanitizeOps" | "sanitizeResources"> {
  /** How long the whole test may take. */
  limitMillis?: number;
}

/**
 * Registers a test that runs where its permissions are granted, on systems that have what it needs;
 * elsewhere its name says why it does not.
 */
export function testWith(
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  testIf({ missing: undefined }, needs, name, fn);
}

/** As {@linkcode testWith}, and the condition must be met, too. */
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
      // All in the same order, or two tests could wait for each other.
      for (const what of alone.toSorted()) turns.use(await takeTurn(what));
      await within((async () => await fn(t))(), "the end of this test", limitMillis);
    },
  });
}

/** Whether all of the permissions are granted. */
export function areGranted(needs: readonly Permission[]): boolean {
  return needs.every((name) => Deno.permissions.querySync({ name }).state === "granted");
}

function isTrait(need: Need): need is keyof typeof TRAITS {
  return need in TRAITS;
}
