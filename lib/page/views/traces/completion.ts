import type { FieldSuggestion } from "../../../collector/model.ts";
import { FIELDS } from "../../../query/fields.ts";
import { quoted } from "../../../query/terms.ts";

const MOST = 40;
/** The last term of a query: a field, an operator, and the typed part of a value. */
const LAST_TERM = /(?:^|[\s(])([^\s()"=:<>!]*)(?:(!=|>=|<=|[=:<>])([^\s()]*))?$/;

/** Completes the typed text to whole queries: first the name of a field, then its value. */
export function completions(typed: string, attributes: readonly FieldSuggestion[]): string[] {
  const [term, name = "", operator, value = ""] = LAST_TERM.exec(typed) ?? [];
  if (term === undefined) return [];
  const before = typed.slice(
    0,
    typed.length - name.length - (operator ?? "").length - value.length,
  );
  if (operator !== undefined) {
    return valuesOf(name, attributes)
      .filter((known) => known.toLowerCase().includes(value.replace(/^"/, "").toLowerCase()))
      .slice(0, MOST)
      .map((known) => `${before}${name}${operator}${quoted(known)}`);
  }
  if (name === "" && typed !== "") return [];
  const fields = FIELDS.map((field) => `${field.name}${field.isDuration ? ">" : ":"}`);
  const keys = attributes.map((attribute) => `${attribute.name}=`);
  return [...fields, ...keys]
    .filter((known) => known.toLowerCase().includes(name.toLowerCase()))
    .slice(0, MOST)
    .map((known) => before + known);
}

function valuesOf(name: string, attributes: readonly FieldSuggestion[]): readonly string[] {
  const field = FIELDS.find((field) => field.name === name);
  if (field?.values) return field.values;
  const key = name === "service" ? "service.name" : name.replace(/^(?:span|resource)\./, "");
  return attributes.find((attribute) => attribute.name === key)?.values ?? [];
}
