import { type Document, isAlias, isMap, isSeq, type LineCounter, type Node, type Pair } from "yaml";
import { suggest } from "../suggest.ts";
import { MAX_DISTANCE, misfits, type Setting } from "../workshop/collector_config/schema.ts";

/** Something in a file that the lab doesn't accept. */
export interface Refusal {
  /** From 1. */
  line: number;
  text: string;
}

/** A parsed file whose nodes have lines. */
export interface LinedDocument {
  document: Document;
  lines: LineCounter;
}

/** The settings in a part of a file that the lab doesn't have, and values that don't fit. */
export function refusalsIn(
  written: Node | null | undefined,
  setting: Setting,
  path: string,
  file: LinedDocument,
): Refusal[] {
  const node = isAlias(written) ? written.resolve(file.document) : written;
  if (!node) return [];
  if (typeof setting === "object") {
    if ("listOf" in setting && isSeq<Node>(node)) {
      return node.items.flatMap((item, i) =>
        refusalsIn(item, setting.listOf, `${path}[${i}]`, file)
      );
    }
    if (isMap<Node, Node>(node) && ("mapOf" in setting || "settings" in setting)) {
      return node.items.flatMap((pair) => {
        const name = nameOf(pair);
        const inner = "mapOf" in setting
          ? setting.mapOf
          : Object.hasOwn(setting.settings, name)
          ? setting.settings[name]!
          : undefined;
        if (inner !== undefined) return refusalsIn(pair.value, inner, `${path}.${name}`, file);
        const meant = suggest(name, "settings" in setting ? Object.keys(setting.settings) : [], {
          maxDistance: MAX_DISTANCE,
        });
        const text = `the lab has no ${path}.${name}${meant ? `: did you mean ${meant}?` : ""}`;
        return [{ line: lineOf(pair.key, file), text }];
      });
    }
  }
  return misfits(node.toJS(file.document), setting, path).map((text) => ({
    line: lineOf(written, file),
    text,
  }));
}

/** The entries of a map in the file; none if it is something else. */
export function entriesOf(node: unknown, { document }: LinedDocument): Pair<Node, Node>[] {
  const map = isAlias(node) ? node.resolve(document) : node;
  return isMap<Node, Node>(map) ? map.items : [];
}

/** The key of an entry. */
export function nameOf({ key }: Pair<Node, unknown>): string {
  return String(key);
}

/** The line that a node begins in. */
export function lineOf(node: Node | null | undefined, { lines }: LinedDocument): number {
  return lines.linePos(node?.range?.[0] ?? 0).line;
}
