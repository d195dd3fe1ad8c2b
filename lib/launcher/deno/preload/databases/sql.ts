/** How a database writes literals. */
export type Dialect = "postgresql" | "mysql";

/** What a span records about a statement. */
export interface Statement {
  /** Without comments, and with `?` in place of every literal. */
  text: string;
  /** The operations and their tables, such as `SELECT orders`. Its cardinality is low. */
  summary: string;
  /** Undefined if there is more than one statement. */
  operation?: string | undefined;
}

/** Longer statements are truncated. */
const MOST_CHARACTERS = 4_000;
const MOST_SUMMARY_CHARACTERS = 255;

/** How many statements are cached; programs repeat the same ones. */
const MOST_KEPT = 200;

const NUMBER = String.raw`(?<![\w$])(?:0[xX][\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)`;
const BLOCK_COMMENT = String.raw`\/\*[^]*?(?:\*\/|$)`;

/** Literals, and everything that can contain text that looks like one. */
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

/** Operations that count anywhere in a statement; others count only at its start. */
const OPERATIONS = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"]);

/** Keywords that are followed by a table. */
const BEFORE_TABLES = new Set(["FROM", "JOIN", "INTO", "TABLE", "UPDATE", "TRUNCATE", "CALL"]);

/** Keywords that can be between such a keyword and the table. */
const BETWEEN = new Set(["IF", "NOT", "EXISTS", "ONLY", "TABLE", "IGNORE", "LOW_PRIORITY"]);

/**
 * After these keywords, UPDATE and DELETE are not operations, and FROM is not followed by a table.
 */
const NO_OPERATION = new Set(["FOR", "DO", "KEY", "ON", "DISTINCT"]);

const kept = new Map<string, Statement>();

/**
 * What a span may record about a statement. Incomplete parts, such as an unterminated string, count
 * as literals.
 */
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
