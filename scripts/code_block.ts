/** What a block is to the reader: the first word after the fence, and its role. */
const BLOCKS: Record<string, { kind: string; label: string }> = {
  "sh": { kind: "command", label: "Command" },
  "sh app": { kind: "command", label: "Command, first terminal" },
  "powershell": { kind: "command", label: "Command in PowerShell" },
  "text": { kind: "output", label: "Output" },
  "text app": { kind: "output", label: "Output, first terminal" },
  "text elsewhere": { kind: "output", label: "Output" },
  "text promql": { kind: "command", label: "Query" },
  "diff": { kind: "change", label: "Change" },
};

/** A block with a label, as HTML; what the reader types has a button that copies it. */
export function codeBlock(text: string, language: string): string {
  if (language === "mermaid") {
    return `<details><summary>The diagram as text</summary>${pre(escape(text))}</details>`;
  }
  const [, file] = /^\w+ (\S+\.\w+)$/.exec(language) ?? [];
  const { kind, label } = BLOCKS[language] ??
    (file === undefined ? { kind: "file", label: "File" } : { kind: "file", label: file });
  const content = kind === "change" ? diffLines(text) : escape(text);
  const copy = kind === "command" || kind === "file" ? " data-copy" : "";
  return `<figure class="block block-${kind}"${copy}><figcaption>${escape(label)}</figcaption>` +
    `${pre(content)}</figure>\n`;
}

function diffLines(text: string): string {
  return text.split("\n").map((line) => {
    const kind = /^(---|\+\+\+) /.test(line)
      ? ""
      : line.startsWith("+")
      ? "added"
      : line.startsWith("-")
      ? "removed"
      : "";
    return `<span class="${kind}">${escape(line)}</span>`;
  }).join("\n");
}

function pre(html: string): string {
  return `<pre tabindex="0"><code>${html}</code></pre>`;
}

/** Text in HTML. */
export function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
