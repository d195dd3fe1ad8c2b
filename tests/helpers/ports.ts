import { areGranted } from "./needs.ts";

/** Below these are ports with a name, from the second on those that systems choose from. */
const FIRST_PORT = 26_000;
const LAST_PORT = 32_000;
const BLOCK_SIZE = 200;

/** Nobody else who chooses like this gives ports of this block. */
const block = areGranted(["net"]) ? claimBlock() : undefined;
let given = 0;

/** A port of this machine that is taken. */
export interface HeldPort extends Disposable {
  number: number;
}

/**
 * A port for a program that cannot take any free one by itself, or at which nobody is to listen. It is
 * none of those that systems give to whoever asks for any, so nobody else has it in the meantime.
 */
export function freePort(): number {
  if (!block) throw new Error("Tests that need a port must need net");
  for (let tries = 0; tries < block.ports.length; tries++) {
    const port = block.ports[given++ % block.ports.length]!;
    if (isFree(port)) return port;
  }
  throw new Error(`All ports from ${block.ports[0]} on are taken`);
}

/** Takes a port until disposed, or once more: by then it is free. */
export function holdPort(): HeldPort {
  const number = freePort();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: number });
  let isHeld = true;
  return {
    number,
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

/** Variables of an app whose telemetry is not the matter: who listens on the usual port gets none. */
export function sentNowhere(): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl() };
}

/** Whether nobody listens on a port of this machine. */
export function isFree(port: number): boolean {
  const listener = tryListen(port);
  listener?.close();
  return listener !== undefined;
}

/**
 * Claims a block of ports by listening on its first one for as long as the test file runs. Test files
 * run side by side, each with this module of its own.
 */
function claimBlock(): { claim: Deno.TcpListener; ports: number[] } {
  const blocks = (LAST_PORT - FIRST_PORT) / BLOCK_SIZE;
  const offset = Math.floor(Math.random() * blocks);
  for (let i = 0; i < blocks; i++) {
    const first = FIRST_PORT + ((offset + i) % blocks) * BLOCK_SIZE;
    const claim = tryListen(first);
    if (!claim) continue;
    return { claim, ports: Array.from({ length: BLOCK_SIZE - 1 }, (_, j) => first + 1 + j) };
  }
  throw new Error("Other test runs have claimed all ports");
}

function tryListen(port: number): Deno.TcpListener | undefined {
  try {
    return Deno.listen({ hostname: "127.0.0.1", port });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return undefined;
  }
}
