/** A server without a framework on any free port. Its handler fails in two ways. */
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => {
    Deno.stderr.writeSync(new TextEncoder().encode(`Listening on http://127.0.0.1:${port}/\n`));
  },
}, ({ url }) => {
  const { pathname } = new URL(url);
  const error = new RangeError("no more shoes");
  if (pathname === "/throws") throw error;
  return pathname === "/rejects" ? Promise.reject(error) : new Response("fine");
});
