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
