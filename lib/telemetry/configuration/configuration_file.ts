import type { ConfigurationModel } from "@opentelemetry/configuration";
import { getStringFromEnv } from "@opentelemetry/core";
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { messageOf } from "../../error_message.ts";
import { attributeNotes } from "./attribute_type.ts";
import { escapeName, parentOf } from "./json_pointer.ts";
import { findMeaningProblems } from "./meaning_problems.ts";
import { findSchemaProblems, SECTIONS, VERSION } from "./schema_problems.ts";
import { findReferences, type Reference, substitute } from "./substitution.ts";
import { unheededProperties } from "./unheeded_properties.ts";

/** The result of {@linkcode readConfigurationFile}. */
export interface ConfigurationFile {
  configuration: ConfigurationModel;
  /** The variables that the file refers to, set or not, in order of appearance. */
  variables: string[];
  /** One line for each setting that is accepted but may not do what was intended. */
  warnings: string[];
}

/** The file can't be used. The message has one line per problem and never contains a variable's value. */
export class ConfigurationFileError extends Error {
  override name = "ConfigurationFileError";
}

/**
 * Reads a declarative configuration file: YAML in which `${NAME}`, `${env:NAME}` and `${NAME:-default}` are
 * replaced by variables, usually those of the process, and `$$` by a dollar sign.
 *
 * The result comes from the SDK's own parser, which reports only the first problem, without its line. Nothing
 * is applied yet.
 *
 * @see https://github.com/open-telemetry/opentelemetry-configuration
 * @throws {ConfigurationFileError} If the file cannot be read, is not YAML, has an invalid substitution,
 * doesn't match version 1 of the schema, or contradicts itself.
 */
export function readConfigurationFile(
  path: string,
  variableOf: (name: string) => string | undefined = getStringFromEnv,
): ConfigurationFile {
  const lineCounter = new LineCounter();
  const options = { version: "1.2", lineCounter, prettyErrors: false } as const;
  const document = parseDocument(readFile(path), options);
  const places = findPlaces(document);
  const at = ({ offset, pointer }: Note) => offset ?? offsetOf(pointer, places);
  const print = (notes: Note[]) =>
    notes.toSorted((a, b) => at(a) - at(b)).map((note) => {
      const { line, col } = lineCounter.linePos(at(note));
      return `${path}:${line}:${col}: ${note.pointer && `${note.pointer}: `}${note.text}`;
    });
  const check = (problems: Note[]) => {
    if (problems.length > 0) throw new ConfigurationFileError(print(problems).join("\n"));
  };

  check(findSyntaxProblems(document));
  const references = findAllReferences(places);
  check(
    [...references].flatMap(([pointer, found]) =>
      found.flatMap(({ name, text }) => name ? [] : [{ pointer, text: badReference(text) }])
    ),
  );

  substitute(document, variableOf);
  const { file_format: format, ...configuration } = toData(document, path);
  const { problems, warnings } = checkFileFormat(format, places.get("/file_format")?.written);
  if (problems.length === 0 || typeof format !== "string") {
    const found = findSchemaProblems(configuration);
    // The meaning of a value is checked only if it matches the schema.
    if (found.length === 0) found.push(...findMeaningProblems(configuration));
    for (const { pointer, text } of found) {
      const names = (references.get(pointer) ?? []).map(({ name }) => name);
      const origin = names.length > 0 ? ` (from ${names.join(" and ")})` : "";
      problems.push({ pointer, text: text + origin });
    }
  }
  check(problems);

  for (const { pos: [offset], message: text } of document.warnings) {
    warnings.push({ pointer: "", offset, text });
  }
  for (const name of Object.keys(configuration).filter((name) => !SECTIONS.includes(name))) {
    const text = `ignoring unknown property "${name}": expected one of ${SECTIONS.join(", ")}`;
    warnings.push({ pointer: `/${escapeName(name)}`, text });
  }
  for (const pointer of unheededProperties(configuration)) {
    warnings.push({ pointer, text: "no effect here; the app does not support it" });
  }
  warnings.push(...attributeNotes(configuration));
  const variables = new Set([...references.values()].flat().map(({ name }) => name as string));
  return { configuration, variables: [...variables], warnings: print(warnings) };
}

function readFile(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound;
    const reason = isMissing ? "there is no such file" : messageOf(error);
    throw new ConfigurationFileError(`cannot read "${path}": ${reason}`, { cause: error });
  }
}

/** A message about a value. */
interface Note {
  /** JSON pointer; empty for the whole file. */
  pointer: string;
  /** The position in the file, if the pointer doesn't give it. */
  offset?: number;
  text: string;
}

/** The position of a value: the value itself if it is written on its line, otherwise its key. */
interface Place {
  offset: number;
  /** The text before any substitution; otherwise empty. */
  written: string;
}

/** By JSON pointer, in the file's order. */
type Places = ReadonlyMap<string, Place>;

function findPlaces(document: Document): Places {
  const places = new Map<string, Place>();
  const visit = (node: unknown, pointer: string, key?: unknown) => {
    const isOnItsLine = isAlias(node) || (isScalar(node) && node.source);
    places.set(pointer, {
      offset: (isOnItsLine ? undefined : startOf(key)) ?? startOf(node) ?? startOf(key) ?? 0,
      written: isScalar(node) && typeof node.value === "string" ? node.value : "",
    });
    if (isSeq(node)) node.items.forEach((item, index) => visit(item, `${pointer}/${index}`));
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      visit(value, `${pointer}/${escapeName(String(isScalar(key) ? key.value : key))}`, key);
    }
  };
  visit(document.contents, "");
  return places;
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];
}

/** The position of the value, or of the parent that should contain it. */
function offsetOf(pointer: string, places: Places): number {
  return places.get(pointer)?.offset ?? (pointer ? offsetOf(parentOf(pointer), places) : 0);
}

function findSyntaxProblems({ errors, contents }: Document): Note[] {
  if (errors.length > 0) {
    return errors.map(({ pos: [offset], message: text }) => ({ pointer: "", offset, text }));
  }
  if (isMap(contents)) return [];
  const text = 'the file has no properties: expected at least file_format: "1.0"';
  return [{ pointer: "", text }];
}

/** The substitutions of each value that has any. */
function findAllReferences(places: Places): ReadonlyMap<string, readonly Reference[]> {
  const found = [...places].map(([pointer, { written }]) =>
    [pointer, findReferences(written)] as const
  );
  return new Map(found.filter(([, references]) => references.length > 0));
}

function badReference(text: string): string {
  return `cannot substitute "${text}": ` +
    'expected ${NAME} or ${NAME:-default}; write $$ for a "$"';
}

function toData(document: Document, path: string): ConfigurationModel {
  try {
    return unshare(document.toJS()) as ConfigurationModel;
  } catch (error) {
    const reason = error instanceof RangeError ? "one contains itself" : messageOf(error);
    throw new ConfigurationFileError(`${path}: cannot follow the aliases: ${reason}`);
  }
}

/** A copy that shares nothing between aliases. */
function unshare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshare);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unshare(item)]));
}

/** The major version must match; suffixes such as `-rc.1` are ignored. */
function checkFileFormat(format: unknown, written = ""): { problems: Note[]; warnings: Note[] } {
  const note = (text: string) => [{ pointer: "/file_format", text }];
  const problem = (text: string) => ({ problems: note(text), warnings: [] });
  const [ourMajor, ourMinor] = VERSION;
  const expected = `expected "1.0" or "${VERSION.join(".")}"`;
  if (format === undefined) return problem(`missing: ${expected}`);
  if (typeof format !== "string") return problem(`not a string: ${expected}, with the quotes`);

  const [major, minor = 0] = (format.split("-")[0] ?? "").split(".").map(Number);
  if (major !== ourMajor || !Number.isInteger(minor)) {
    return problem(`unsupported version "${written}": ${expected}`);
  }
  const newer = `version "${written}" is newer than "${
    VERSION.join(".")
  }": new settings may be ignored`;
  return { problems: [], warnings: minor > ourMinor ? note(newer) : [] };
}
