import { pause, within } from "./patience.ts";

/** Resources that only one test can use at a time. A test holds one by listening on its port. */
const TURN_PORTS = { "port 5000": 25_998, "the servers of collector-demo": 25_999 };

/** A shared resource, by name. */
export type Shared = keyof typeof TURN_PORTS;

/** How long to wait for other tests that hold the resource. */
const LIMIT_MS = 3_600_000;
const POLL_MS = 50;

/** Waits until no other test holds it, in any file or process. */
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

/** Whether another test currently holds it. */
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
