import { COLON, JsonReader, LIST, OBJECT, OBJECT_END } from "../json_reader.ts";
import { scalarText } from "../json_text.ts";
import { MalformedError } from "../malformed_error.ts";
import { LISTS } from "../unknown_keys.ts";
import { readJaeger } from "./jaeger.ts";
import { objectIn } from "./plain_json.ts";
import { readTempo } from "./tempo.ts";
import { readZipkin } from "./zipkin.ts";

/** Foreign documents are parsed as a whole, which takes many times their size. */
const MAX_BYTES = 16 * 2 ** 20;

/** How far the first trace id is searched for. */
const MAX_PRELUDE_BYTES = 2 ** 18;

const READERS: Readonly<Record<Format, (document: unknown) => object | undefined>> = {
  Jaeger: readJaeger,
  Tempo: (document) => readTempo(objectIn(document)),
  Zipkin: readZipkin,
};

type Format = "Jaeger" | "Tempo" | "Zipkin";

/**
 * Converts traces in the JSON of Jaeger's page, of Tempo, or of Zipkin to OTLP's JSON.
 *
 * @returns Undefined if the document is none of them.
 * @throws {MalformedError} If it is not JSON, or too long.
 */
export function foreignToOtlp(document: Uint8Array): Uint8Array | undefined {
  const format = formatOf(document);
  if (format === undefined) return undefined;
  if (document.length > MAX_BYTES) {
    throw new MalformedError(
      `a document in ${format}'s format can have at most ${MAX_BYTES} bytes: split it`,
    );
  }
  const read = READERS[format](parse(document));
  return read && new TextEncoder().encode(JSON.stringify(read));
}

function parse(document: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(document));
  } catch (error) {
    if (error instanceof SyntaxError) throw new MalformedError(error.message);
    throw error;
  }
}

function formatOf(document: Uint8Array): Format | undefined {
  const reader = new JsonReader(document);
  let isList = false;
  // A list of spans, or of traces, which are lists of spans.
  for (let depth = 0; depth < 2 && reader.peek() === LIST; depth++) {
    isList = true;
    reader.position++;
  }
  if (reader.peek() !== OBJECT) return undefined;
  const names = memberNames(reader);
  if (names.has("traceID")) return "Jaeger";
  if (names.has("traceId") && names.has("id")) return "Zipkin";
  if (isList) return undefined;
  if (names.has("batches") || names.has("trace")) return "Tempo";
  if (names.has("resourceSpans") && hasBase64Ids(document)) return "Tempo";
  return names.has("data") || names.has("spans") ? "Jaeger" : undefined;
}

/** Whether the first trace id is in base64; it is soon found. Tempo writes such traces, too. */
function hasBase64Ids(document: Uint8Array): boolean {
  const beginning = new TextDecoder("latin1").decode(document.subarray(0, MAX_PRELUDE_BYTES));
  return /"traceId"\s*:\s*"(?:[A-Za-z\d+/]|\\\/){22}==/.test(beginning);
}

/** The names of the first members of the object that begins here. */
function memberNames(reader: JsonReader): Set<string> {
  const most = 20;
  const names = new Set<string>();
  reader.position++;
  for (
    let isFirst = true;
    names.size < most && reader.hasNext(isFirst, OBJECT_END);
    isFirst = false
  ) {
    reader.peek();
    reader.string();
    const name = scalarText(reader);
    names.add(name);
    // OTLP is recognized without reading all of it.
    if (Object.hasOwn(LISTS, name)) break;
    reader.expect(COLON);
    reader.skip();
  }
  return names;
}
