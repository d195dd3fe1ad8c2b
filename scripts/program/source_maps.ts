import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

/** The parts of a source map that are used here. */
export interface SourceMap {
  sources: string[];
  sourcesContent?: string[];
  names: string[];
  mappings: string;
}

/** How exactly a stack trace names places in a source: not at all, by line, or by line and column. */
export type Detail = "none" | "lines" | "columns";

/**
 * Names sources by their path in the project or in their package, and omits their text and the names of
 * variables. Of places, it keeps what readers of stack traces need, since all would make the executable 2 MB
 * larger.
 */
export async function rewriteSourceMap(file: URL): Promise<void> {
  await editSourceMap(file, ({ sourcesContent: _, sources: given, mappings, ...map }) => {
    const sources = given.map((source) =>
      source.replace(/^.*\/(npm|node_modules)\/([^/]+\.[^/]+\/)?/, "../npm/")
    );
    return { ...map, sources, names: [], mappings: slimMappings(mappings, sources.map(detailOf)) };
  });
}

/** The apps are what learners read. Of packages, only these call or are called by an app. */
function detailOf(source: string): Detail {
  if (/^(\.\.\/)+apps\//.test(source)) return "columns";
  return /^\.\.\/npm\/(?!hono\/|@opentelemetry\/)/.test(source) ? "none" : "lines";
}

/** Edits a source map in its file. */
export async function editSourceMap(file: URL, edit: (map: SourceMap) => SourceMap): Promise<void> {
  const map: SourceMap = JSON.parse(await Deno.readTextFile(file));
  await Deno.writeTextFile(file, JSON.stringify(edit(map)));
}

/** Removes names and the places that are not wanted; the details are those of the sources. */
export function slimMappings(mappings: string, details: readonly Detail[]): string {
  return encode(
    decode(mappings).map((line) =>
      line.map((segment) => slimSegment(segment, details)).filter((segment, i, all) => {
        const before = all[i - 1];
        if (before === undefined || segment.length !== before.length) return true;
        if (segment.length === 1 || before.length === 1) return false;
        return details[segment[1]] === "columns" || segment[1] !== before[1] ||
          segment[2] !== before[2];
      })
    ),
  );
}

function slimSegment(segment: SourceMapSegment, details: readonly Detail[]): SourceMapSegment {
  if (segment.length === 1 || details[segment[1]] === "none") return [segment[0]];
  return [segment[0], segment[1], segment[2], segment[3]];
}
