/** A port of this machine that is taken. */
export interface HeldPort extends Disposable {
  number: number;
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

/** A port of this machine on which nobody listens, and that `fetch` does not block. */
export function closedPort(): number {
  using held = holdPort();
  return held.number;
}

/** The address of one, as a URL without a path. */
export function closedUrl(): string {
  return `http://127.0.0.1:${closedPort()}`;
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
