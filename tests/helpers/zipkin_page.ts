import { readZip, readZipFile } from "./zip_file.ts";
import { SERVERS } from "./servers.ts";

const TYPES: Record<string, string> = {
  css: "text/css",
  html: "text/html",
  ico: "image/x-icon",
  js: "text/javascript",
  png: "image/png",
};

/** Zipkin's own page, from its program file, on top of another query API. */
export interface ZipkinPage extends AsyncDisposable {
  /** The URL of the page, with a trailing slash. */
  url: string;
  /** The page's API requests, and the status of each answer. */
  requests: { path: string; status: number }[];
}

/** Serves the page on a free port, and forwards its API calls. */
export async function startZipkinPage(apiUrl: string): Promise<ZipkinPage> {
  const program = await Deno.readFile(SERVERS.zipkin);
  const files = await readZip(
    await readZipFile(program, (name) => /^BOOT-INF\/lib\/zipkin-lens-.*\.jar$/.test(name)),
  );
  const requests: ZipkinPage["requests"] = [];

  async function handle({ url }: Request): Promise<Response> {
    const { pathname, search } = new URL(url);
    const path = pathname.replace(/^\/zipkin/, "");
    if (path === "/config.json" || path.startsWith("/api/")) {
      const response = await fetch(apiUrl + pathname + search);
      requests.push({ path: path + search, status: response.status });
      return new Response(await response.arrayBuffer(), {
        status: response.status,
        headers: { "content-type": response.headers.get("content-type") ?? "" },
      });
    }
    // All of the page's own URLs serve the page.
    const name = files.has(`zipkin-lens${path}`) ? path : "/index.html";
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    return new Response(files.get(`zipkin-lens${name}`), { headers: { "content-type": type } });
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handle);
  return {
    url: `http://127.0.0.1:${server.addr.port}/zipkin/`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
