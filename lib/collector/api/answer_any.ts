import { VERSION } from "../../version.ts";

/** Headers of all responses: the server's name; no caching, content sniffing, referrers or embedding. */
const COMMON_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "server": `otel-kit/${VERSION}`,
  "x-content-type-options": "nosniff",
};

/** Handles requests with any host, supports HEAD, and adds the common headers to all responses. */
export async function answerAny(
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  // The host can be anything: Deno puts it in the URL unchanged.
  if (!URL.canParse(request.url)) {
    return new Response("Cannot read the host of the request\n", {
      status: 400,
      headers: COMMON_HEADERS,
    });
  }
  const isHead = request.method === "HEAD";
  const response = await answer(isHead ? asGet(request) : request);
  for (const [name, value] of Object.entries(COMMON_HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  if (!isHead) return response;
  // An unread stream would stay open.
  await response.body?.cancel();
  return new Response(null, response);
}

/**
 * Copies only the URL and the headers: a request created from another shares its signal. Deno 2.9 and
 * later warn about that, until signals no longer abort after a response:
 * https://github.com/denoland/deno/pull/35733
 */
function asGet({ url, headers }: Request): Request {
  return new Request(url, { headers });
}
