import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

/** The parts of a source map that are used here. */
export interface SourceMap {
  sources: string[];
  sourcesContent?: string[];
  names: string[];
  mappings: string;
}

/** Only their stack traces have exact columns; others have the beginning of a statement on the line. */
const WITH_COLUMNS = /^(\.\.\/)+apps\//;

/**
 * Names sources by their path in the project or in their package, and omits their text, the names, and most
 * columns, which would make the executable 1.7 MB larger.
 */
export async function rewriteSourceMap(file: URL): Promise<void> {
  await editSourceMap(file, ({ sourcesContent: _, sources, mappings, ...map }) => ({
    ...map,
    sources: sources.map((source) =>
      source.replace(/^.*\/(npm|node_modules)\/([^/]+\.[^/]+\/)?/, "../npm/")
    ),
    names: [],
    mappings: slimMappings(mappings, sources.map((source) => WITH_COLUMNS.test(source))),
  }));
}

/** Edits a source map in its file. */
export async function editSourceMap(file: URL, edit: (map: SourceMap) => SourceMap): Promise<void> {
  const map: SourceMap = JSON.parse(await Deno.readTextFile(file));
  await Deno.writeTextFile(file, JSON.stringify(edit(map)));
}

/** Removes names, and segments that lead to the same line as the one before, except in some sources. */
export function slimMappings(mappings: string, withColumns: readonly boolean[]): string {
  return encode(
    decode(mappings).map((line) =>
      line.map(withoutName).filter((segment, i, all) => {
        const before = all[i - 1];
        if (before === undefined || segment.length !== before.length) return true;
        if (segment.length === 1 || before.length === 1) return false;
        return withColumns[segment[1]] || segment[1] !== before[1] || segment[2] !== before[2];
      })
    ),
  );
}

function withoutName(segment: SourceMapSegment): SourceMapSegment {
  return segment.length === 5 ? [segment[0], segment[1], segment[2], segment[3]] : segment;
}
