import { type Document, isScalar, parseDocument, Scalar, visit } from "yaml";

/** A substitution in a text. */
export interface Reference {
  /** The substitution as written. */
  text: string;
  /** The variable; undefined if the syntax is invalid. */
  name: string | undefined;
  /** The default for a variable that is not set. */
  fallback: string;
}

/** All substitutions in a text, in order. */
export function findReferences(text: string): Reference[] {
  const found: Reference[] = [];
  replaceReferences(text, (reference) => {
    found.push(reference);
    return "";
  });
  return found;
}

/**
 * Replaces `${NAME}`, `${env:NAME}` and `${NAME:-default}` with variables, and `$$` with a dollar sign.
 * A plain value then becomes the number, boolean or null that it looks like.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/data-model/#environment-variable-substitution
 */
export function substitute(
  document: Document,
  variableOf: (name: string) => string | undefined,
): void {
  visit(document, {
    Scalar(key, node) {
      if (key === "key" || typeof node.value !== "string") return;
      const text = replaceReferences(
        node.value,
        ({ name, fallback }) => (name && variableOf(name)) || fallback,
      );
      const isChanged = text !== node.value;
      node.value = isChanged && node.type === Scalar.PLAIN ? valueOf(text) : text;
    },
  });
}

/** Takes linear time, whatever the text. */
function replaceReferences(text: string, replace: (reference: Reference) => string): string {
  return text.split("$$").map((part) => replaceInPart(part, replace)).join("$");
}

function replaceInPart(part: string, replace: (reference: Reference) => string): string {
  let result = "";
  let end = 0;
  for (let start; (start = part.indexOf("${", end)) !== -1;) {
    const close = part.indexOf("}", start);
    if (close === -1) break;
    const isEmpty = close === start + 2;
    const text = part.slice(start, close + 1);
    result += part.slice(end, start) + (isEmpty ? text : replace(referenceOf(text)));
    end = close + 1;
  }
  return result + part.slice(end);
}

function referenceOf(text: string): Reference {
  const inner = text.slice(2, -1).replace(/^env:/, "");
  const [, name, fallback = ""] = /^([a-zA-Z_]\w*)(?::-([^\n]*))?$/.exec(inner) ?? [];
  return { text, name, fallback };
}

/** The value that YAML reads from a text, if that is neither a string nor a collection. */
function valueOf(text: string): unknown {
  const { contents, errors } = parseDocument(text, { version: "1.2", prettyErrors: false });
  if (errors.length > 0) return text;
  const value = isScalar(contents) ? contents.value : contents;
  return value === null || typeof value === "number" || typeof value === "boolean" ? value : text;
}
