/** A file of the page. */
export interface PageAsset {
  body: string | Uint8Array<ArrayBuffer>;
  /** Media type. */
  type: string;
}

/** Finds a file of the page by its path, which starts with "/"; undefined if there is none. */
export type PageAssets = (
  path: string,
) => PageAsset | undefined | Promise<PageAsset | undefined>;

/** A missing file of these types is an error; any other path is a state of the page. */
const FILE_NAME = /\.(?:css|html|ico|js|json|map|mjs|png|svg|txt|wasm|webmanifest|woff2?|xml)$/;

/**
 * The page may load from and connect to its own origin only. Injected markup can't load or run anything,
 * and no other page can frame it.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Responds with a file of the page; any path without a file is a state of the page. */
export async function answerPage(
  { method, url }: Request,
  assets: PageAssets = () => undefined,
): Promise<Response> {
  if (method !== "GET" && method !== "HEAD") {
    return new Response("Cannot do that with the page: only GET and HEAD\n", {
      status: 405,
      headers: { allow: "GET, HEAD" },
    });
  }
  const { pathname } = new URL(url);
  const asset = await assets(pathname) ??
    (FILE_NAME.test(pathname) ? undefined : await assets("/index.html"));
  if (!asset) return new Response(`Cannot find ${pathname.slice(0, 200)}\n`, { status: 404 });
  return new Response(asset.body, {
    headers: {
      "content-type": asset.type,
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-cache",
    },
  });
}
