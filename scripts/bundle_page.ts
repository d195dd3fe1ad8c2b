/**
 * Builds the page of the collector into dist/page: script, style, the document that loads them, and the
 * tutorial. Prints the compressed size of the script.
 */
import config from "../deno.json" with { type: "json" };
import { bundleTutorial } from "./bundle_tutorial.ts";
import { packageFolder } from "./program/package_folder.ts";

/** That of deno.json, without the name. */
const REVEAL_VERSION = config.imports["reveal.js"].split("@")[1]!;

const ROOT = new URL("../", import.meta.url);
const PAGE = new URL("dist/page/", ROOT);
/** The maximum compressed size of the script. */
const MOST_BYTES = 140 * 1024;

/** The document of a page with one script; the collector's page also loads its first data early. */
const documentOf = (title: string, script: string, head = "") =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css">
${head}<script type="module" src="${script}"></script>
</head>
<body>
<div id="page"></div>
<noscript>The page needs JavaScript. In a terminal, "otel-kit traces" shows the same.</noscript>
</body>
</html>
`;

const PRELOAD = '<link rel="preload" as="fetch" crossorigin href="/api/kit/guests">\n';

await Deno.mkdir(PAGE, { recursive: true });
await bundle("lib/page/main.tsx", "dist/page/app.js");
await bundle("lib/page/class.tsx", "dist/page/class.js");
await bundle("lib/page/tutorial.ts", "dist/page/tutorial.js");
await bundle("lib/page/slides.ts", "dist/page/slides.js");
await Deno.writeTextFile(new URL("slides.css", PAGE), await slideStyle());
await bundle("lib/page/styles/page.css", "dist/page/app.css");
await Deno.writeTextFile(new URL("index.html", PAGE), documentOf("otel-kit", "/app.js", PRELOAD));
await Deno.writeTextFile(
  new URL("class.html", PAGE),
  documentOf("otel-kit class", "/class.js"),
);
await bundleTutorial(new URL("tutorial/", PAGE));

const bytes = await compressedSize(new URL("app.js", PAGE));
const report = `The page's script: ${(bytes / 1024).toFixed(1)} KiB compressed\n`;
await Deno.stdout.write(new TextEncoder().encode(report));
if (bytes > MOST_BYTES) {
  throw new Error(
    `Cannot ship the page: its script weighs ${bytes} bytes, more than ${MOST_BYTES}`,
  );
}

/** The styles of reveal.js, and ours after them. */
async function slideStyle(): Promise<string> {
  const reveal = await packageFolder("reveal.js", REVEAL_VERSION);
  const files = [
    new URL("dist/reset.css", reveal),
    new URL("dist/reveal.css", reveal),
    new URL("lib/page/styles/slides.css", ROOT),
  ];
  return (await Promise.all(files.map((file) => Deno.readTextFile(file)))).join("\n");
}

async function bundle(entry: string, output: string): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=browser", "--minify", `--output=${output}`, entry],
    cwd: ROOT,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot build ${output}: deno bundle ended with code ${code}`);
}

async function compressedSize(file: URL): Promise<number> {
  const { body } = new Response(await Deno.readFile(file));
  return (await new Response(body!.pipeThrough(new CompressionStream("gzip"))).bytes()).length;
}
