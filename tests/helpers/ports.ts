import { areGranted } from "./needs.ts";

/** A range between the ports with well-known names and those that systems assign dynamically. */
const FIRST_PORT = 26_000;
const LAST_PORT = 32_000;
const BLOCK_SIZE = 200;

/** No other test file that claims a block uses its ports. */
const block = areGranted(["net"]) ? claimBlock() : undefined;
let given = 0;

/** A port of this machine that is in use. */
export interface HeldPort extends Disposable {
  number: number;
}

/**
 * A port for a program that can't pick a free one itself, or on which nothing is to listen. Systems never
 * assign it dynamically, so nothing else takes it in the meantime.
 */
export function freePort(): number {
  if (!block) throw new Error("Tests that need a port must need net");
  for (let tries = 0; tries < block.ports.length; tries++) {
    const port = block.ports[given++ % block.ports.length]!;
    if (isFree(port)) return port;
  }
  throw new Error(`All ports from ${block.ports[0]} on are taken`);
}

/** Occupies a port until disposed; it is free afterward. */
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

/** The URL, without a path, of a port on which nothing listens. */
export function closedUrl(): string {
  return `http://127.0.0.1:${freePort()}`;
}

/**
 * Variables for an app whose telemetry is irrelevant, so that nothing reaches a server on the default port.
 */
export function sentNowhere(): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl() };
}

/** Whether nothing listens on a port of this machine. */
export function isFree(port: number): boolean {
  const listener = tryListen(port);
  listener?.close();
  return listener !== undefined;
}

/**
 * Claims a block of ports by listening on its first one for as long as the test file runs. Test files run
 * in parallel, each with its own instance of this module.
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
