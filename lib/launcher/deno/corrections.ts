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

/** The scope of Deno's own telemetry, as opposed to the program's. */
const SCOPE = "deno";

/** A value that replaces a text. */
type Corrected = string | number;

/** Returns the text itself if it is correct. */
type Correct = (text: string) => Corrected;

/** Corrections to Deno's span attributes, by key. */
const SPAN_ATTRIBUTES: Readonly<Record<string, Correct>> = {
  [ATTR_HTTP_RESPONSE_STATUS_CODE]: (text) => /^\d{3}$/.test(text) ? Number(text) : text,
  [ATTR_URL_FULL]: redactUrl,
  [ATTR_URL_QUERY]: redactQuery,
  // A failed request has its exception here, and no event.
  [ATTR_EXCEPTION_MESSAGE]: redactUrls,
  [ATTR_EXCEPTION_STACKTRACE]: redactUrls,
};

/** The same by the length of the key, which is unique, with the key's bytes. */
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

/** Takes an export request in protobuf and returns the corrected one. */
export type Correction = (
  signal: Signal,
  request: Uint8Array<ArrayBuffer>,
) => Uint8Array<ArrayBuffer>;

/**
 * Corrects errors of Deno's exporter: status codes that are strings, credentials and signatures in the URLs of
 * spans and in the errors that quote them, terminal codes and line ends in the bodies of console log records,
 * and resource attributes that it does not decode. The program's own telemetry is not changed, nor is anything
 * unknown.
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

/** The same for items of Deno's own scope only. */
function ofDeno(item: Rewrite): Rewrite {
  const rewrite = rewriting({ [FIELD.ofScope.items]: item });
  const name = [FIELD.ofScope.scope, FIELD.scope.name];
  return (reader, end) => textAt(reader, end, name) === SCOPE ? rewrite(reader, end) : undefined;
}

const SPAN = rewriting({
  [FIELD.span.attributes](reader, end) {
    const { bytes, position } = reader;
    // Every encoder writes the key first, with its length in one byte.
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

/** The correction for the attribute at this position. The key is compared, not decoded. */
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
