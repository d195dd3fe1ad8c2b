import { Marked, type Tokens } from "marked";
import { getHeadingList, gfmHeadingId } from "marked-gfm-heading-id";

/** Folders whose Markdown is not the project's. */
const FOREIGN = ["node_modules", "dist", ".git"];

/** The Markdown files below a folder: their paths from there, and their texts. */
export function* markdownFiles(root: URL, folder = ""): Generator<[path: string, text: string]> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, root))) {
    const path = `${folder}${name}`;
    if (isDirectory && !FOREIGN.includes(name)) yield* markdownFiles(root, `${path}/`);
    if (name.endsWith(".md")) yield [path, Deno.readTextFileSync(new URL(path, root))];
  }
}

/** Where the links and images of a text lead. */
export function linksOf(markdown: string): string[] {
  const links: string[] = [];
  const marked = new Marked();
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === "link" || token.type === "image") {
      links.push((token as Tokens.Link | Tokens.Image).href);
    }
  });
  return links;
}

/** Whether an anchor leads into a text: to a line of a file, to a heading, or to an anchor it sets. */
export function hasPlace(text: string, anchor: string): boolean {
  const [, line] = /^L(\d+)$/.exec(anchor) ?? [];
  if (line !== undefined) return Number(line) <= text.split("\n").length;
  new Marked(gfmHeadingId()).parse(text);
  if (getHeadingList().some(({ id }) => id === anchor)) return true;
  return [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].some(([, id]) => id === anchor);
}

/** The lines of a text's fenced shell blocks (and of scripts in YAML). */
export function commandLines(markdown: string, languages = ["sh", "bash", "yaml"]): string[] {
  const fence = new RegExp(`^( *)\`\`\`(?:${languages.join("|")})\\n([^]*?)^\\1\`\`\`$`, "gm");
  return [...markdown.matchAll(fence)].flatMap(([, , block]) => block!.split("\n"));
}
