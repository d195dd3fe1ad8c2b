/** An uninstrumented server on any free port that finds routes by URL patterns. */
interface Route {
  method: string;
  pattern: URLPattern;
  answer(parameters: Record<string, string | undefined>): Response | Promise<Response>;
}

const routes: Route[] = [
  {
    method: "POST",
    pattern: new URLPattern({ pathname: "/shops/:shop/orders/:id" }),
    answer: () => new Response("written\n", { status: 201 }),
  },
  {
    method: "GET",
    pattern: new URLPattern({ pathname: "/shops/:shop/orders/:id" }),
    async answer({ id }) {
      await Promise.resolve();
      return new Response(`order ${id}\n`, { headers: { "x-shop": "open" } });
    },
  },
  {
    method: "GET",
    pattern: new URLPattern({ pathname: "/error" }),
    answer() {
      throw new RangeError("no more shoes");
    },
  },
  {
    method: "GET",
    pattern: new URLPattern({ pathname: "/suppliers/:port" }),
    async answer({ port }) {
      const answer = await fetch(`http://127.0.0.1:${port}/`);
      return new Response(await answer.text());
    },
  },
  {
    method: "GET",
    pattern: new URLPattern({ pathname: "/passed" }),
    answer: () => new Response(null, { status: 404 }),
  },
];

/** A pattern unrelated to the request. */
const LINK = new URLPattern({ pathname: "/links/:name" });

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => {
    Deno.stderr.writeSync(new TextEncoder().encode(`Listening on http://127.0.0.1:${port}/\n`));
  },
}, async (request) => {
  const path = new URL(request.url).pathname;
  if (path === "/tested") {
    const isFitting = new URLPattern({ pathname: "/:name" }).test({ pathname: path });
    return new Response(String(isFitting));
  }
  for (const { method, pattern, answer } of routes) {
    if (method !== request.method) continue;
    const found = pattern.exec(request.url);
    if (found) return await answer(found.pathname.groups);
  }
  LINK.exec("http://127.0.0.1/links/home");
  return new Response("nothing\n", { status: path === "/none" ? 404 : 200 });
});
