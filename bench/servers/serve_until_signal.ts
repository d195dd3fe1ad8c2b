/** Serves on a free port, prints it like `otel-kit serve`, and returns after SIGTERM. */
export async function serveUntilSignal(handler: Deno.ServeHandler): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  Deno.addSignalListener("SIGTERM", () => server.shutdown());
  announce(server.addr.port);
  await server.finished;
}

/** Prints a server's address like `otel-kit serve`. */
export function announce(port: number): void {
  Deno.stderr.writeSync(
    new TextEncoder().encode(`Listening on http://127.0.0.1:${port}/\nCtrl-C\n`),
  );
}
