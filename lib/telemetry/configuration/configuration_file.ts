import process from "node:process";
import type { ConfigurationModel } from "@opentelemetry/configuration";
// The two halves of the package's reader. Its only public entry takes the path from the process's
// environment, warns through the global logger, and tells but the first problem, without its line.
import validator from "@opentelemetry/configuration/build/src/generated/validator.js";
import { substituteEnvVars } from "@opentelemetry/configuration/build/src/utils.js";
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { messageOf } from "../../error_message.ts";
import { unheededProperties } from "./unheeded_properties.ts";

/** What {@linkcode readConfigurationFile} found. */
export interface ConfigurationFile {
  configuration: ConfigurationModel;
  /** The variables that values of the file refer to, set or not, in order of appearance. */
  variables: string[];
  /** One line for each thing that is accepted but may not do what was meant. */
  warnings: string[];
}

/** The file cannot be used; the message has one line for each problem, and no variable's value. */
export class ConfigurationFileError extends Error {
  override name = "ConfigurationFileError";
}

/**
 * Reads a declarative configuration file: YAML in which `${NAME}`, `${env:NAME}` and
 * `${NAME:-default}` stand for variables of the process, and `$$` for a dollar sign.
 *
 * The result is what the SDK's own package makes of the file; nothing of it is in use yet.
 *
 * @see https://github.com/open-telemetry/opentelemetry-configuration
 * @throws {ConfigurationFileError} If the file cannot be read, is not YAML, has a substitution that
 * does not exist, or is not what the schema, version 1, asks for.
 */
export function readConfigurationFile(path: string): ConfigurationFile {
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
  const references = findReferences(places);
  check(references.flatMap(({ pointer, text, name }) => name ? [] : [{ pointer, text }]));

  substitute(document);
  const { file_format: format, ...configuration } = toData(document, path);
  const { problems, warnings } = checkFileFormat(format, places.get("/file_format")?.written);
  if (problems.length === 0 || typeof format !== "string") {
    for (const { pointer, text } of findSchemaProblems(configuration)) {
      const names = references.filter((one) => one.pointer === pointer).map(({ name }) => name);
      const origin = names.length > 0 ? ` (it comes from ${names.join(" and ")})` : "";
      problems.push({ pointer, text: text + origin });
    }
  }
  check(problems);

  for (const { pos: [offset], message: text } of document.warnings) {
    warnings.push({ pointer: "", offset, text });
  }
  for (const name of Object.keys(configuration).filter((name) => !SECTIONS.includes(name))) {
    const text = `ignoring unknown property "${name}": expected one of ${SECTIONS.join(", ")}`;
    warnings.push({ pointer: `/${escape(name)}`, text });
  }
  for (const pointer of unheededProperties(configuration)) {
    warnings.push({ pointer, text: "no effect here; the app does not have it" });
  }
  const variables = new Set(references.map(({ name }) => name as string));
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

/** Something to be said of a value. */
interface Note {
  /** JSON pointer; empty for the whole file. */
  pointer: string;
  /** Where in the file it is, if the pointer does not tell. */
  offset?: number;
  text: string;
}

/** Where a value stands: itself if it is written on its line, else what names it. */
interface Place {
  offset: number;
  /** A text as it is before any substitution; else empty. */
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
      written: isScalar(node) && typeof node.value === "string" ? node.source ?? "" : "",
    });
    if (isSeq(node)) node.items.forEach((item, index) => visit(item, `${pointer}/${index}`));
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      visit(value, `${pointer}/${escape(String(isScalar(key) ? key.value : key))}`, key);
    }
  };
  visit(document.contents, "");
  return places;
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];
}

/** Where the value is, or else what it is wanted in. */
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

/** The substitutions, as the specification writes them; a bad one has no name but a complaint. */
function findReferences(places: Places): (Note & { name: string | undefined })[] {
  return [...places].flatMap(([pointer, { written }]) =>
    written.split("$$").flatMap((part) => [...part.matchAll(/\$\{(?:env:)?([^}]+)\}/g)])
      .map(([reference, inner = ""]) => ({
        pointer,
        name: /^([a-zA-Z_]\w*)(?::-[^\n}]*)?$/.exec(inner)?.[1],
        text: `cannot substitute "${reference}": ` +
          'expected ${NAME} or ${NAME:-default}; write $$ for a "$"',
      }))
  );
}

/** Puts the variables in, in silence: the YAML parser's warnings of odd values would show them. */
function substitute(document: Document): void {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    substituteEnvVars(document);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function toData(document: Document, path: string): ConfigurationModel {
  try {
    return unshare(document.toJS()) as ConfigurationModel;
  } catch (error) {
    const reason = error instanceof RangeError ? "one is in itself" : messageOf(error);
    throw new ConfigurationFileError(`${path}: cannot follow the aliases: ${reason}`);
  }
}

/** A copy in which nothing that several aliases refer to is shared. */
function unshare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshare);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unshare(item)]));
}

/** The version of the schema that the validator is made from. */
const [MAJOR, MINOR] = [1, 1];

/** All that this schema has at the top of a file, where it allows, unlike below, anything else. */
const SECTIONS = [
  ...["disabled", "log_level", "attribute_limits", "resource", "propagator", "tracer_provider"],
  ...["meter_provider", "logger_provider", "instrumentation/development", "distribution"],
];

/** The major version must be ours; `-rc.1` and the like do not count. */
function checkFileFormat(format: unknown, written = ""): { problems: Note[]; warnings: Note[] } {
  const note = (text: string) => [{ pointer: "/file_format", text }];
  const problem = (text: string) => ({ problems: note(text), warnings: [] });
  const expected = `expected "1.0" or "${MAJOR}.${MINOR}"`;
  if (format === undefined) return problem(`missing: ${expected}`);
  if (typeof format !== "string") return problem(`not a text: ${expected}, with the quotes`);

  const [major, minor = 0] = (format.split("-")[0] ?? "").split(".").map(Number);
  if (major !== MAJOR || !Number.isInteger(minor)) {
    return problem(`unsupported version "${written}": ${expected}`);
  }
  const newer =
    `version "${written}" is newer than "${MAJOR}.${MINOR}": new settings may be ignored`;
  return { problems: [], warnings: minor > MINOR ? note(newer) : [] };
}

/** What the validator finds. */
interface Violation {
  instancePath: string;
  keyword: string;
  message?: string;
  params: {
    additionalProperty?: string;
    missingProperty?: string;
    allowedValues?: unknown[];
    type?: string | string[];
  };
}

/** Valid values of required properties that are not texts: what lacks one can be checked further. */
const STAND_INS: Record<string, unknown> = {
  exporter: { console: null },
  processors: [{ simple: { exporter: { console: null } } }],
  readers: [{ periodic: { exporter: { console: null } } }],
};

/**
 * What the schema forbids.
 *
 * The validator stops at the first violation. So in a copy what violates is taken out and what is
 * missing is put in, until there is nothing more to find; what comes only of that is not told.
 */
function findSchemaProblems(configuration: ConfigurationModel): Note[] {
  const data = { ...structuredClone(configuration), file_format: "1.0" };
  const validate = validator as typeof validator & { errors?: Violation[] | null };
  const problems: Note[] = [];
  const [changed, filled] = [new Set<string>(), new Set<string>()];
  // Where the elements were of the lists that lost some.
  const indices = new Map<unknown, number[]>();

  while (!validate(data)) {
    const violations = validate.errors ?? [];
    // The last is about the whole of a value, others are about its alternatives.
    const { keyword, instancePath, params } = violations.at(-1) as Violation;
    const { pointer, value, parent, step } = find(data, instancePath, indices);
    const name = params.missingProperty ?? params.additionalProperty ?? "";
    const property = `${pointer}/${escape(name)}`;

    const isConsequence = [...changed].some((other) =>
      other === property || `${pointer}/`.startsWith(`${other}/`) ||
      (keyword.startsWith("min") && parentOf(other) === pointer)
    );
    if (!isConsequence) problems.push(...describe(violations, pointer));

    const isMissing = keyword === "required" && !filled.has(property);
    const isUnknown = keyword === "additionalProperties";
    if (isMissing) value[name] = structuredClone(STAND_INS[name] ?? "");
    else if (isUnknown) delete value[name];
    else if (Array.isArray(parent)) removeElement(parent, step, indices);
    else if (parent) delete parent[step];
    else break;
    if (isMissing) filled.add(property);
    changed.add(isMissing || isUnknown ? property : pointer);
  }
  return problems;
}

function removeElement(list: unknown[], step: string, indices: Map<unknown, number[]>): void {
  indices.set(list, (indices.get(list) ?? [...list.keys()]).toSpliced(Number(step), 1));
  list.splice(Number(step), 1);
}

/** The value at a path, what holds it, and its pointer before anything was removed. */
function find(data: unknown, path: string, indices: Map<unknown, number[]>) {
  let [value, parent, step, pointer] = [data as Properties, null as Properties | null, "", ""];
  for (const escaped of path.split("/").slice(1)) {
    step = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    parent = value;
    value = parent[step] as Properties;
    pointer += `/${indices.get(parent)?.[Number(step)] ?? escaped}`;
  }
  return { value, parent, step, pointer };
}

type Properties = Record<string, unknown>;

/** One note for each value; of values in one another only for the innermost, which says more. */
function describe(violations: Violation[], pointer: string): Note[] {
  const base = violations.at(-1)?.instancePath.length;
  const innermost = violations.filter(({ instancePath: outer }) =>
    !violations.some(({ instancePath }) => instancePath.startsWith(`${outer}/`))
  );
  const byPath = Map.groupBy(innermost, ({ instancePath }) => pointer + instancePath.slice(base));
  return [...byPath].map(([pointer, group]) => {
    const types = new Set(group.flatMap(({ params }) => params.type ?? []));
    if (types.size > 0) return { pointer, text: `must be ${[...types].join(" or ")}` };
    const { message = "", params } = group[0] as Violation;
    const { allowedValues, additionalProperty: name } = params;
    if (allowedValues) return { pointer, text: `must be one of ${allowedValues.join(", ")}` };
    if (name === undefined) return { pointer, text: message };
    return { pointer: `${pointer}/${escape(name)}`, text: `unknown property "${name}"` };
  });
}

function escape(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}
