import { pause, within } from "./patience.ts";

/** What only one test can use at a time; who listens on the port that stands for it has it. */
const TURN_PORTS = { "port 5000": 25_998, "the servers of collector-demo": 25_999 };

/** By its name. */
export type Shared = keyof typeof TURN_PORTS;

/** How long other tests may take that have it before. */
const LIMIT_MS = 3_600_000;
const POLL_MS = 50;

/** Waits until no other test has it, in whichever file or process. */
export async function takeTurn(what: Shared): Promise<Disposable> {
  const listen = async () => {
    while (true) {
      const turn = tryTurn(what);
      if (turn) return turn;
      await pause(POLL_MS);
    }
  };
  return await within(listen(), `a turn with ${what}`, LIMIT_MS);
}

/** Whether another test has it just now. */
export function isTaken(what: Shared): boolean {
  using turn = tryTurn(what);
  return turn === undefined;
}

function tryTurn(what: Shared): Disposable | undefined {
  try {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: TURN_PORTS[what] });
    return { [Symbol.dispose]: () => listener.close() };
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return undefined;
  }
}
