/** Where the page finds the trace that it carries. */
export const SNAPSHOT_ELEMENT_ID = "otel-kit-trace";

/** What the page is made of. */
export interface PageAssets {
  script: string;
  style: string;
}

/**
 * A file of one trace that shows itself in any browser, without network: the page's own script and
 * style with the trace as JSON. Its policy lets nothing else run or load.
 *
 * @param title What the window is called, such as the root span's name.
 * @param traceJson The JSON that `GET /api/kit/traces/{id}` answers.
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

/** JSON that can stand in a script element: within strings, `<` has another spelling. */
export function escapeJson(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** In a minified script, these stand within strings and patterns only. */
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
