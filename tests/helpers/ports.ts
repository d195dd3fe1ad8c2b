/** Below these are ports with a name, from the second on those that systems choose from. */
const FIRST_PORT = 26_000;
const LAST_PORT = 32_000;
const told = new Set<number>();

/** A port of this machine that is taken. */
export interface HeldPort extends Disposable {
  number: number;
}

/**
 * A port for a program that cannot take any free one by itself, or at which nobody is to listen. None
 * is told twice, and none is of those that systems give to whoever asks for any, so that nobody else
 * has it in the meantime.
 */
export function freePort(): number {
  while (true) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    if (told.has(port) || !isFree(port)) continue;
    told.add(port);
    return port;
  }
}

/** Takes a port until disposed, or once more: by then it is free. */
export function holdPort(): HeldPort {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let isHeld = true;
  return {
    number: listener.addr.port,
    [Symbol.dispose]() {
      if (isHeld) listener.close();
      isHeld = false;
    },
  };
}

/** The address of a port at which nobody listens, as a URL without a path. */
export function closedUrl(): string {
  return `http://127.0.0.1:${freePort()}`;
}

/** Whether nobody listens on a port of this machine. */
export function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return false;
  }
}
