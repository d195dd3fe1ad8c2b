import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_URL_FULL,
  ATTR_URL_QUERY,
} from "@opentelemetry/semantic-conventions";
import { stripVTControlCharacters } from "node:util";
import { redactQuery, redactUrl, redactUrls } from "../../instrumentation/url.ts";
import { decodeUtf8, ProtobufReader } from "../../otlp/protobuf_reader.ts";
import { ProtobufWriter } from "../../otlp/protobuf_writer.ts";
import { LENGTH_DELIMITED, VARINT } from "../../otlp/reverse_writer.ts";
import {
  type Rewrite,
  rewriteMessage,
  type Rewrites,
  rewriting,
  textAt,
} from "../../otlp/rewrite.ts";
import type { Signal } from "../../otlp/signal.ts";

/** What Deno itself records, in contrast to what the program does. */
const SCOPE = "deno";

/** A value that takes the place of a text. */
type Corrected = string | number;

/** Returns the text itself if it is right. */
type Correct = (text: string) => Corrected;

/** What Deno gets wrong in the attributes of a span, by key. */
const SPAN_ATTRIBUTES: Readonly<Record<string, Correct>> = {
  [ATTR_HTTP_RESPONSE_STATUS_CODE]: (text) => /^\d{3}$/.test(text) ? Number(text) : text,
  [ATTR_URL_FULL]: redactUrl,
  [ATTR_URL_QUERY]: redactQuery,
  // A request that fails has its exception here, and no event.
  [ATTR_EXCEPTION_MESSAGE]: redactUrls,
  [ATTR_EXCEPTION_STACKTRACE]: redactUrls,
};

/** The same by the length of the key, of which no two have the same, with the key's bytes. */
const KEYS: readonly ({ key: Uint8Array; correct: Correct } | undefined)[] = (() => {
  const keys: { key: Uint8Array; correct: Correct }[] = [];
  for (const [key, correct] of Object.entries(SPAN_ATTRIBUTES)) {
    keys[key.length] = { key: new TextEncoder().encode(key), correct };
  }
  return keys;
})();

/** https://github.com/open-telemetry/opentelemetry-proto/tree/v1.9.0/opentelemetry/proto */
const FIELD = {
  request: { resources: 1 },
  ofResource: { resource: 1, ofScopes: 2 },
  ofScope: { scope: 1, items: 2 },
  resource: { attributes: 1 },
  scope: { name: 1 },
  span: { attributes: 9, status: 15 },
  status: { message: 2 },
  logRecord: { body: 5 },
  keyValue: { key: 1, value: 2 },
  anyValue: { string: 1, int: 3 },
} as const;

/** Takes an export request in protobuf and returns it put right. */
export type Correction = (
  signal: Signal,
  request: Uint8Array<ArrayBuffer>,
) => Uint8Array<ArrayBuffer>;

/**
 * Puts right what Deno's exporter gets wrong: status codes that are texts, credentials and signatures
 * in the URLs of spans and in the errors that quote them, terminal codes and line ends in the bodies of console log records, and the
 * attributes of the resource that it does not decode. What the program records itself stays as it is,
 * and so does everything that is not known here.
 *
 * @param attributes The names of the resource's attributes that arrive percent-encoded.
 */
export function denoCorrection(attributes: readonly string[]): Correction {
  const encoded = new Set(attributes.map(encodeURIComponent));
  const resource = encoded.size === 0 ? {} : {
    [FIELD.ofResource.resource]: rewriting({
      [FIELD.resource.attributes]: (reader, end) => decodedAttribute(reader, end, encoded),
    }),
  };
  const rewrites: Record<Signal, Rewrites> = {
    traces: { ...resource, [FIELD.ofResource.ofScopes]: ofDeno(SPAN) },
    metrics: resource,
    logs: { ...resource, [FIELD.ofResource.ofScopes]: ofDeno(LOG_RECORD) },
  };
  return (signal, request) => {
    const ofResource = rewrites[signal];
    if (Object.keys(ofResource).length === 0) return request;
    const writer = new ProtobufWriter(request.length + SLACK_BYTES);
    rewriteMessage(new ProtobufReader(request), request.length, writer, {
      [FIELD.request.resources]: rewriting(ofResource),
    });
    return writer.finish();
  };
}

/** Redacted values may be longer. */
const SLACK_BYTES = 256;

/** The same for the items of Deno's own scope alone. */
function ofDeno(item: Rewrite): Rewrite {
  const rewrite = rewriting({ [FIELD.ofScope.items]: item });
  const name = [FIELD.ofScope.scope, FIELD.scope.name];
  return (reader, end) => textAt(reader, end, name) === SCOPE ? rewrite(reader, end) : undefined;
}

const SPAN = rewriting({
  [FIELD.span.attributes](reader, end) {
    const { bytes, position } = reader;
    // Every encoder writes the key first, and its length in one byte.
    const isKey = bytes[position] === KEY_TAG;
    const correct = isKey ? correctionOf(bytes, position + 2, bytes[position + 1]!) : undefined;
    if (correct === undefined) return undefined;
    const text = textAt(reader, end, VALUE);
    return text === undefined ? undefined : withValue(reader, end, text, correct(text));
  },
  [FIELD.span.status]: rewriting({
    [FIELD.status.message]: (reader, end) => {
      const text = textOf(reader, end);
      const redacted = redactUrls(text);
      return redacted === text ? undefined : (writer) => writer.raw(encoder.encode(redacted));
    },
  }),
});

const LOG_RECORD = rewriting({
  [FIELD.logRecord.body](reader, end) {
    const text = textAt(reader, end, [FIELD.anyValue.string]);
    if (text === undefined) return undefined;
    const plain = stripVTControlCharacters(text).replace(/\n$/, "");
    return plain === text ? undefined : (writer) => writeValue(writer, plain);
  },
});

function decodedAttribute(reader: ProtobufReader, end: number, encoded: ReadonlySet<string>) {
  const key = textAt(reader, end, [FIELD.keyValue.key]);
  const text = textAt(reader, end, [FIELD.keyValue.value, FIELD.anyValue.string]);
  if (key === undefined || text === undefined || !encoded.has(key)) return undefined;
  return (writer: ProtobufWriter) => {
    writer.tag(FIELD.keyValue.key, LENGTH_DELIMITED);
    writer.bytes(encoder.encode(decodeURIComponent(key)));
    writer.open(FIELD.keyValue.value);
    writeValue(writer, decodeURIComponent(text));
    writer.close();
  };
}

const KEY_TAG = FIELD.keyValue.key << 3 | LENGTH_DELIMITED;
const VALUE = [FIELD.keyValue.value, FIELD.anyValue.string];

/** What corrects the attribute whose key is there. The key is compared, not decoded. */
function correctionOf(bytes: Uint8Array, start: number, length: number): Correct | undefined {
  const candidate = KEYS[length];
  if (candidate === undefined) return undefined;
  const { key, correct } = candidate;
  for (let i = 0; i < length; i++) {
    if (bytes[start + i] !== key[i]) return undefined;
  }
  return correct;
}

function withValue(reader: ProtobufReader, end: number, text: string, corrected: Corrected) {
  if (corrected === text) return undefined;
  return (writer: ProtobufWriter) =>
    rewriteMessage(reader, end, writer, {
      [FIELD.keyValue.value]: () => () => writeValue(writer, corrected),
    });
}

function writeValue(writer: ProtobufWriter, value: Corrected): void {
  if (typeof value === "number") {
    writer.tag(FIELD.anyValue.int, VARINT);
    writer.varint(value);
  } else {
    writer.tag(FIELD.anyValue.string, LENGTH_DELIMITED);
    writer.bytes(encoder.encode(value));
  }
}

const encoder = new TextEncoder();

function textOf(reader: ProtobufReader, end: number): string {
  return decodeUtf8(reader.bytes, reader.position, end);
}
