/** Looks whether a signal went to the whole group of processes, as those of a terminal do. */
export interface TerminalWitness extends Disposable {
  /** Whether the signal that this process just got went to the others of its group, too. */
  sawIt(): Promise<boolean>;
}

/** How long the other process may take to end by the signal. */
const PATIENCE_MS = 200;

/**
 * Starts a process in the same group that does nothing and ends by the first signal: who sends one to
 * this process alone, does not send it there. It ends with this process, however that ends. Undefined
 * where there is no such program.
 */
export function startTerminalWitness(): TerminalWitness | undefined {
  let witness = start();
  if (!witness) return undefined;
  return {
    async sawIt() {
      const asked = witness;
      if (!asked) return true;
      const { promise: timeout, resolve } = Promise.withResolvers<false>();
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      const ended = asked.status.then(({ signal }) => signal !== null);
      const saw = await Promise.race([ended, timeout]);
      clearTimeout(timer);
      // Several signals may ask of the same witness.
      if (saw && witness === asked) witness = start();
      return saw;
    },
    [Symbol.dispose]() {
      void witness?.stdin.close().catch(() => {});
    },
  };
}

function start(): Deno.ChildProcess | undefined {
  try {
    return new Deno.Command("cat", { stdin: "piped", stdout: "null", stderr: "null" }).spawn();
  } catch {
    return undefined;
  }
}
