/** Detects whether a signal was sent to the whole process group. */
export interface GroupWitness extends Disposable {
  /** Whether the signal that this process just received was also sent to the rest of its group. */
  sawIt(signal: Deno.Signal): Promise<boolean>;
}

/**
 * The maximum delay between this process and the witness if a sender signals several processes one after the
 * other: systemd does so with all processes of a service, `timeout` with its child and then the group.
 */
const SENDER_PATIENCE_MS = 50;

/** A process that responds, unless a signal has ended it. */
interface Witness {
  /** Resolves when it has ended, with the signal if a signal ended it. */
  ended: Promise<Deno.Signal | null>;
  /** Like {@linkcode Witness.ended}, or undefined when it responds. */
  ask(): Promise<Deno.Signal | null | undefined>;
  dismiss(): void;
}

/**
 * Starts an idle process in the same group that the first signal ends: a signal to this process alone does not
 * reach it. It ends with this process, however that ends. Undefined if there is no such program.
 */
export function startGroupWitness(): GroupWitness | undefined {
  let witness = startWitness();
  let last: { signal: Deno.Signal; at: number } | undefined;
  if (!witness) return undefined;

  // Several signals may check the same witness after one of them ended it.
  async function sawIt(signal: Deno.Signal): Promise<boolean> {
    // `timeout` sends the same signal to this process twice.
    if (last?.signal === signal && performance.now() - last.at < SENDER_PATIENCE_MS) return true;
    const asked = witness;
    if (!asked) return true;
    const endedBy = await examine(asked);
    // A witness that ended by itself received no signal.
    if (!endedBy) return false;
    if (witness === asked) {
      witness = startWitness();
      last = { signal: endedBy, at: performance.now() };
    }
    return endedBy === signal || await sawIt(signal);
  }

  return { sawIt, [Symbol.dispose]: () => witness?.dismiss() };
}

/** The signal that ended the witness; undefined if none did. */
async function examine(witness: Witness): Promise<Deno.Signal | null | undefined> {
  const { promise: patience, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), SENDER_PATIENCE_MS);
  const endedBy = await Promise.race([witness.ended, patience]);
  clearTimeout(timer);
  // On a busy machine, the end may be reported late; a witness that responds received no signal.
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
