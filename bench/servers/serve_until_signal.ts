/** Serves on a free port, says so as `otel-kit serve` does, and returns after SIGTERM. */
export async function serveUntilSignal(handler: Deno.ServeHandler): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  Deno.addSignalListener("SIGTERM", () => server.shutdown());
  announce(server.addr.port);
  await server.finished;
}

/** Says where a server listens, as `otel-kit serve` does. */
export function announce(port: number): void {
  Deno.stderr.writeSync(
    new TextEncoder().encode(`Listening on http://127.0.0.1:${port}/\nCtrl-C\n`),
  );
}
