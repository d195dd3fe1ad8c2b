// Under its own name, the formatter would add spaces, which the hashes would not include.
import { html as markup, raw } from "hono/html";
import { createHash } from "node:crypto";

/** The parts of a page that is one file. */
export interface SelfContainedPage {
  title: string;
  style: string;
  /** What `html` returns for the body's content. */
  body: ReturnType<typeof markup>;
  /** The only script that runs. Its code may set styles; without it, nothing but `style` does. */
  script?: string;
  /** Whether the script may send requests to the page's own server. */
  isServed?: boolean;
}

/**
 * A page that needs no other files and no network: its Content Security Policy forbids loading anything, forms,
 * and all scripts and styles but its own, which it names by their hashes.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function selfContainedPage(
  { title, style, body, script, isServed = false }: SelfContainedPage,
): string {
  // The end of the element would end the code.
  const css = style.replaceAll("</", "<\\/");
  const code = script?.replaceAll("</script", "<\\/script");
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `style-src ${code === undefined ? hashOf(css) : "'unsafe-inline'"}`,
    ...code === undefined ? [] : [`script-src ${hashOf(code)}`],
    ...isServed ? ["connect-src 'self'"] : [],
  ].join("; ");
  return String(markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<title>${title}</title>
<style>${raw(css)}</style>
</head>
<body>
${body}
${code === undefined ? "" : markup`<script>${raw(code)}</script>`}
</body>
</html>`).trim();
}

/** As a policy names the text of an element. */
function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
