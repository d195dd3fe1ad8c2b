/**
 * The prose of a Markdown text, with blanks instead of code, URLs and comments, so that every word keeps its
 * line and column.
 */
export function proseOf(markdown: string): string {
  return [FENCED_CODE, COMMENT, INLINE_CODE, LINK_TARGET, URL_TEXT, HTML_TAG]
    .reduce((text, part) => text.replaceAll(part, blank), markdown);
}

const FENCED_CODE = /^( *)(`{3,}|~{3,})[^]*?^\1\2 *$/gm;
const COMMENT = /<!--[^]*?-->/g;
const INLINE_CODE = /(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g;
const LINK_TARGET = /(?<=\])\([^()\s]*(?:\([^()\s]*\))?[^()\s]*\)|^\[[^\]]+\]: \S+$/gm;
const URL_TEXT = /<?https?:\/\/[^\s>)]+>?/g;
const HTML_TAG = /<\/?[a-z][^<>]*>/g;

/** As many blanks, on the same lines. */
export function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, " ");
}
