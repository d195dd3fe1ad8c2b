import { pause, within } from "./patience.ts";

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
  /** A port of this machine whose holder has to itself what such tests share; nobody listens there. */
  turnPort?: number;
}

/** The longest test takes a fraction of it; what hangs ends here, where no shorter patience ends it. */
const TEST_LIMIT_MS = 180_000;
/** How long the tests of other files may take that share something with this one. */
const TURN_LIMIT_MS = 3_600_000;
const TURN_POLL_MS = 100;

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
  { missing, turnPort }: Condition,
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
      using _turn = turnPort === undefined ? undefined : await takeTurn(turnPort);
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

/** Waits until no other test has its turn, in this process or any. */
async function takeTurn(port: number): Promise<Disposable> {
  const listen = async () => {
    while (true) {
      try {
        const listener = Deno.listen({ hostname: "127.0.0.1", port });
        return { [Symbol.dispose]: () => listener.close() };
      } catch (error) {
        if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      }
      await pause(TURN_POLL_MS);
    }
  };
  return await within(listen(), `its turn, which port ${port} stands for`, TURN_LIMIT_MS);
}
