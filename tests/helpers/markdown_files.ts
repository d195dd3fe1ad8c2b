import { Marked, type Tokens } from "marked";
import { getHeadingList, gfmHeadingId } from "marked-gfm-heading-id";

/** Folders with Markdown that isn't the project's. */
const FOREIGN = ["node_modules", "dist", ".git"];

/** The Markdown files below a folder: their relative paths and their texts. */
export function* markdownFiles(root: URL, folder = ""): Generator<[path: string, text: string]> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, root))) {
    const path = `${folder}${name}`;
    if (isDirectory && !FOREIGN.includes(name)) yield* markdownFiles(root, `${path}/`);
    if (name.endsWith(".md")) yield [path, Deno.readTextFileSync(new URL(path, root))];
  }
}

/** The targets of a text's links and images. */
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

/** Whether a text has the target of an anchor: a line, a heading, or an explicit anchor. */
export function hasPlace(text: string, anchor: string): boolean {
  const [, line] = /^L(\d+)$/.exec(anchor) ?? [];
  if (line !== undefined) return Number(line) <= text.split("\n").length;
  new Marked(gfmHeadingId()).parse(text);
  if (getHeadingList().some(({ id }) => id === anchor)) return true;
  return [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].some(([, id]) => id === anchor);
}

/** The lines of a text's fenced shell blocks (and of scripts in YAML), each command in one line. */
export function commandLines(markdown: string, languages = ["sh", "bash", "yaml"]): string[] {
  const fence = new RegExp(`^( *)\`\`\`(?:${languages.join("|")})\\n([^]*?)^\\1\`\`\`$`, "gm");
  return [...markdown.matchAll(fence)].flatMap(([, , block]) =>
    block!.replaceAll(/\\\n\s*/g, "").split("\n")
  );
}
