/** Looks whether a signal went to the whole group of processes. */
export interface GroupWitness extends Disposable {
  /** Whether the signal that this process just got went to the others of its group, too. */
  sawIt(signal: Deno.Signal): Promise<boolean>;
}

/**
 * How long whoever sends a signal to several processes, one after the other, may take from this one to
 * the witness: systemd does so with all of a service, `timeout` with its child and then the group.
 */
const SENDER_PATIENCE_MS = 50;

/** A process that answers, unless a signal has ended it. */
interface Witness {
  /** Resolves when it has ended, with the signal, if one ended it. */
  ended: Promise<Deno.Signal | null>;
  /** As {@linkcode Witness.ended}, or with undefined when it has answered. */
  ask(): Promise<Deno.Signal | null | undefined>;
  dismiss(): void;
}

/**
 * Starts a process in the same group that does nothing and ends by the first signal: who sends one to
 * this process alone, does not send it there. It ends with this process, however that ends. Undefined
 * where there is no such program.
 */
export function startGroupWitness(): GroupWitness | undefined {
  let witness = startWitness();
  let last: { signal: Deno.Signal; at: number } | undefined;
  if (!witness) return undefined;

  // Several signals may ask of the same witness, and one of them ended it.
  async function sawIt(signal: Deno.Signal): Promise<boolean> {
    // `timeout` sends the same to this process twice.
    if (last?.signal === signal && performance.now() - last.at < SENDER_PATIENCE_MS) return true;
    const asked = witness;
    if (!asked) return true;
    const endedBy = await examine(asked);
    // One that ended by itself has seen nothing.
    if (!endedBy) return false;
    if (witness === asked) {
      witness = startWitness();
      last = { signal: endedBy, at: performance.now() };
    }
    return endedBy === signal || await sawIt(signal);
  }

  return { sawIt, [Symbol.dispose]: () => witness?.dismiss() };
}

/** What ended the witness; undefined if nothing did. */
async function examine(witness: Witness): Promise<Deno.Signal | null | undefined> {
  const { promise: patience, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), SENDER_PATIENCE_MS);
  const endedBy = await Promise.race([witness.ended, patience]);
  clearTimeout(timer);
  // On a busy machine the end may not be known yet; one that answers has got nothing.
  return endedBy === undefined ? await witness.ask() : endedBy;
}

function startWitness(): Witness | undefined {
  const child = spawnCat();
  if (!child) return undefined;
  const writer = child.stdin.getWriter();
  const reader = child.stdout.getReader();
  const ended = child.status.then(({ signal }) => signal);
  return {
    ended,
    async ask() {
      const answer = writer.write(Uint8Array.of(0)).then(() => reader.read());
      const isAlive = await answer.then(({ done }) => !done, () => false);
      return isAlive ? undefined : await ended;
    },
    dismiss: () => void writer.close().catch(() => {}),
  };
}

function spawnCat(): Deno.ChildProcess | undefined {
  try {
    return new Deno.Command("cat", { stdin: "piped", stdout: "piped", stderr: "null" }).spawn();
  } catch {
    return undefined;
  }
}
