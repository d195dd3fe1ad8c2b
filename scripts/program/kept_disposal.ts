import { decode } from "@jridgewell/sourcemap-codec";
import type { SourceMap } from "./source_maps.ts";

/** `using name = value`, at the start of a line. */
const DECLARATION = /^(?<before>[ \t]*(?:await )?using )(?<name>\w+) = (?=\S)/gm;

/**
 * The `using` declarations that the minifier dropped, as `path:line name`: it puts the value where the variable
 * is read if that happens once only, in the next statement, and then nothing is disposed of.
 *
 * @param map As the bundler wrote it, with the text of the sources and all places.
 */
export function droppedDisposals({ sources, sourcesContent = [], mappings }: SourceMap): string[] {
  const places = new Set(
    decode(mappings).flat().flatMap((segment) =>
      segment.length === 1 ? [] : [placeKey(segment[1], segment[2], segment[3])]
    ),
  );
  return sources.flatMap((source, index) => {
    const text = sourcesContent[index] ?? "";
    return [...text.matchAll(DECLARATION)].flatMap((match) => {
      const line = text.slice(0, match.index).split("\n").length - 1;
      const { before, name } = match.groups as { before: string; name: string };
      const isKept = (column: number) => places.has(placeKey(index, line, column));
      // If the value is not there either, the code is not in this file.
      if (isKept(before.length) || !isKept(match[0].length)) return [];
      return [`${source}:${line + 1} ${name}`];
    });
  });
}

function placeKey(source: number, line: number, column: number): string {
  return `${source}:${line}:${column}`;
}
