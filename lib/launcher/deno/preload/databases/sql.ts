/** How a database writes literals. */
export type Dialect = "postgresql" | "mysql";

/** What a span tells of a statement. */
export interface Statement {
  /** Without comments, and with `?` in place of every literal. */
  text: string;
  /** The operations and their tables, such as `SELECT orders`; it has few different values. */
  summary: string;
  /** Undefined if it is more than one statement. */
  operation?: string | undefined;
}

/** Longer statements are cut. */
const MOST_CHARACTERS = 4_000;
const MOST_SUMMARY_CHARACTERS = 255;

/** How many statements are kept; programs write the same ones again and again. */
const MOST_KEPT = 200;

const NUMBER = String.raw`(?<![\w$])(?:0[xX][\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)`;
const BLOCK_COMMENT = String.raw`\/\*[^]*?(?:\*\/|$)`;

/** All that looks like a literal, and all in which something could look like one. */
const PARTS: Record<Dialect, RegExp> = {
  postgresql: new RegExp(
    [
      BLOCK_COMMENT,
      String.raw`--[^\n]*`,
      `"(?:[^"]|"")*"`,
      String.raw`(?<![\w$])[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)`,
      `'(?:[^']|'')*(?:'|$)`,
      String.raw`(?<![\w$])\$([A-Za-z_]\w*)?\$[^]*?(?:\$\1\$|$)`,
      NUMBER,
    ].join("|"),
    "g",
  ),
  mysql: new RegExp(
    [
      BLOCK_COMMENT,
      String.raw`--(?=\s|$)[^\n]*`,
      String.raw`#[^\n]*`,
      "`(?:[^`]|``)*`",
      String.raw`'(?:[^'\\]|\\[^]|'')*(?:'|$)`,
      String.raw`"(?:[^"\\]|\\[^]|"")*(?:"|$)`,
      NUMBER,
    ].join("|"),
    "g",
  ),
};

const WORD = /(?:[\w$]+|"[^"]*"|`[^`]*`)(?:\.(?:[\w$]+|"[^"]*"|`[^`]*`))*|[?(;]/g;

/** These count wherever they are; others only at the start. */
const OPERATIONS = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"]);

/** A table follows. */
const BEFORE_TABLES = new Set(["FROM", "JOIN", "INTO", "TABLE", "UPDATE", "TRUNCATE", "CALL"]);

/** These can be between such a word and the table. */
const BETWEEN = new Set(["IF", "NOT", "EXISTS", "ONLY", "TABLE", "IGNORE", "LOW_PRIORITY"]);

/** After these, UPDATE and DELETE are no operations, and FROM has no table. */
const NO_OPERATION = new Set(["FOR", "DO", "KEY", "ON", "DISTINCT"]);

const kept = new Map<string, Statement>();

/** What a span may tell of a statement. What is not complete, such as a string without end, is a literal. */
export function describeStatement(sql: string, dialect: Dialect): Statement {
  const key = `${dialect} ${sql}`;
  const known = kept.get(key);
  if (known) return known;
  const text = withoutLiterals(sql.slice(0, MOST_CHARACTERS), dialect);
  const made = { text, ...summarize(text) };
  if (kept.size >= MOST_KEPT) kept.clear();
  if (sql.length <= MOST_CHARACTERS) kept.set(key, made);
  return made;
}

function withoutLiterals(sql: string, dialect: Dialect): string {
  const isComment = /^(?:\/\*|--|#)/;
  const isName = dialect === "mysql" ? /^`/ : /^"/;
  return sql.replace(PARTS[dialect], (part) => {
    if (isName.test(part)) return part;
    return isComment.test(part) ? " " : "?";
  }).trim();
}

function summarize(text: string): Pick<Statement, "summary" | "operation"> {
  const words: string[] = text.match(WORD) ?? [];
  const found: string[] = [];
  const operations: string[] = [];
  let isTableNext = false;
  for (const [i, word] of words.entries()) {
    const upper = word.toUpperCase();
    const isGuarded = NO_OPERATION.has(words[i - 1]?.toUpperCase() ?? "");
    const isFirst = i === 0 && upper !== "WITH" && word !== "(";
    if (isFirst || (OPERATIONS.has(upper) && !isGuarded)) {
      found.push(word);
      operations.push(word);
      isTableNext = BEFORE_TABLES.has(upper);
    } else if (BEFORE_TABLES.has(upper)) isTableNext = !isGuarded;
    else if (isTableNext && !BETWEEN.has(upper)) {
      if (/^[\w"`]/.test(word)) found.push(word);
      isTableNext = false;
    }
  }
  const end = words.indexOf(";");
  const isSingle = end === -1 || end === words.length - 1;
  return {
    summary: found.join(" ").slice(0, MOST_SUMMARY_CHARACTERS),
    operation: isSingle ? operations[0] : undefined,
  };
}
