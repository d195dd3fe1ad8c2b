/** The element with the embedded trace. */
export const SNAPSHOT_ELEMENT_ID = "otel-kit-trace";

/** The files of the page. */
export interface PageAssets {
  script: string;
  style: string;
}

/**
 * A file of one trace that any browser can show without a network: the page's own script and style with the
 * trace as JSON. Its policy blocks everything else.
 *
 * @param title The window's title, such as the root span's name.
 * @param traceJson The JSON response of `GET /api/kit/traces/{id}`.
 */
export async function renderSnapshot(
  { script, style }: PageAssets,
  title: string,
  traceJson: string,
): Promise<string> {
  const safeScript = escapeScript(script);
  const safeStyle = style.replace(/<\/(style)/gi, "<\\/$1");
  const policy = [
    "default-src 'none'",
    `script-src '${await hashOf(safeScript)}'`,
    `style-src '${await hashOf(safeStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeText(title)}</title>
<style>${safeStyle}</style>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="${SNAPSHOT_ELEMENT_ID}">${escapeJson(traceJson)}</script>
<script type="module">${safeScript}</script>
</body>
</html>
`;
}

/** JSON that is safe in a script element: in strings, `<` is escaped. */
export function escapeJson(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** In a minified script, these occur only in strings and regular expressions. */
function escapeScript(script: string): string {
  return script.replace(/<(?=\/script|!--)/gi, "\\x3c");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
