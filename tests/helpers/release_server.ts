/** Serves the files of a folder over HTTP on a free port until disposed; one file may have other content. */
export function serveFolder(
  folder: URL,
  replaced: ReadonlyMap<string, string> = new Map(),
): AsyncDisposable & { url: string } {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async ({ url }) => {
    const path = decodeURIComponent(new URL(url).pathname).slice(1);
    const text = replaced.get(path);
    if (text !== undefined) return new Response(text);
    try {
      const file = await Deno.open(new URL(path, folder));
      return new Response(file.readable);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return new Response("Not found", { status: 404 });
    }
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
