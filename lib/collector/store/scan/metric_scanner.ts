import type { MetricType } from "../../model.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { validate } from "../../../otlp/validate.ts";
import { NOT_INTERNED } from "../tables/interner.ts";
import { readTime } from "../tables/words.ts";
import { idFault, type IdTags } from "./id_lengths.ts";
import { type KnownScope, type KnownStream, KnownStreams } from "./known_streams.ts";
import { withoutContents } from "./message_parts.ts";
import { type MetricStream, readNames, type StreamTraits } from "./metric_stream.ts";
import { eachMessage } from "./scanning.ts";
import { SeriesKey } from "./series_key.ts";

/** Tags: field number and wire type, as encoded. */
const FIRST = 1 << 3 | 2;
const SECOND = 2 << 3 | 2;
const TEMPORALITY = 2 << 3;
const IS_MONOTONIC = 3 << 3;
const TIME = 3 << 3 | 1;
/** The highest value of the enumeration that fits two bits. */
const MAX_TEMPORALITY = 3;
/** No message with data points has such a field. */
const HIDDEN = 15 << 3 | 2;

interface Kind {
  type: MetricType;
  /** Field number of the data points' attributes, as a tag. */
  attributes: number;
  /** Field number of the exemplars in its data points, as a tag; 0 if they have none. */
  exemplars: number;
}

/** By the field number of the metric's data, as a tag. */
const KINDS = new Map<number, Kind>([
  [5 << 3 | 2, { type: "gauge", attributes: 7 << 3 | 2, exemplars: 5 << 3 | 2 }],
  [7 << 3 | 2, { type: "sum", attributes: 7 << 3 | 2, exemplars: 5 << 3 | 2 }],
  [9 << 3 | 2, { type: "histogram", attributes: 9 << 3 | 2, exemplars: 8 << 3 | 2 }],
  [10 << 3 | 2, {
    type: "exponentialHistogram",
    attributes: 1 << 3 | 2,
    exemplars: 11 << 3 | 2,
  }],
  [11 << 3 | 2, { type: "summary", attributes: 7 << 3 | 2, exemplars: 0 }],
]);

const EXEMPLAR_IDS: IdTags = { traceId: 5 << 3 | 2, spanId: 4 << 3 | 2 };

/** A data point, where it was found. */
export interface MetricPlace {
  /** Identifies a series: its stream and the point's attributes. */
  key: string;
  stream: MetricStream;
  /** Laid out like `POINT`; segment and series are not set. */
  words: Uint32Array;
  /** Why the point is rejected; undefined if it is not. */
  fault: string | undefined;
}

/** Words of a data point's row; see `POINT`. */
export const POINT_WORDS = 12;
const [START, END, LIMITS] = [4, 5, 6];

/** Checks an export request of metrics and finds its data points. */
export class MetricScanner {
  /** `service.name` of each resource. */
  readonly serviceNames = new Set<string>();
  readonly #key = new SeriesKey();
  readonly #known = new KnownStreams();
  /** Where the attributes of the last data point are, if nothing else is between them. */
  #attributesStart = 0;
  #attributesEnd = 0;
  #isContiguous = true;

  /** @throws {MalformedError} If the bytes are not such a request. */
  check(bytes: Uint8Array): void {
    validate("MetricsData", bytes);
  }

  /** Finds each data point of an already checked request. The place is valid only during the call. */
  scan(bytes: Uint8Array, visit: (place: MetricPlace) => void): void {
    this.serviceNames.clear();
    this.#known.begin();
    const words = new Uint32Array(POINT_WORDS);
    const reader = new ProtobufReader(bytes);
    eachMessage(reader, bytes.length, FIRST, (resourceEnd) => {
      const resourceStart = reader.position;
      const resource = this.#known.resource(
        withoutContents(bytes.subarray(resourceStart, resourceEnd)),
      );
      this.serviceNames.add(resource.serviceName);
      eachMessage(reader, resourceEnd, SECOND, (scopeEnd) => {
        const scopeStart = reader.position;
        const scope = this.#known.scope(
          resource,
          withoutContents(bytes.subarray(scopeStart, scopeEnd)),
        );
        words.set([scopeStart, scopeEnd, resourceStart, resourceEnd], LIMITS + 2);
        eachMessage(reader, scopeEnd, SECOND, (end) => {
          words[LIMITS] = reader.position;
          words[LIMITS + 1] = end;
          this.#metric(reader, end, scope, words, visit);
        });
      });
    });
  }

  #metric(
    reader: ProtobufReader,
    end: number,
    scope: KnownScope,
    words: Uint32Array,
    visit: (place: MetricPlace) => void,
  ): void {
    const start = reader.position;
    const dataStart = findData(reader, end);
    const number = dataStart === undefined
      ? NOT_INTERNED
      : this.#known.metricNumber(reader.bytes, start, dataStart);
    reader.position = dataStart ?? start;
    while (reader.position < end) {
      const tag = reader.tag(end);
      const kind = KINDS.get(tag);
      if (!kind) {
        reader.skip(tag, end);
        continue;
      }
      const dataEnd = reader.lengthDelimited(end);
      const { position } = reader;
      const traits = readTraits(reader, dataEnd, kind.type);
      reader.position = position;
      const known = this.#known.stream(scope, streamNumber(number, tag, traits), () => ({
        source: scope.source,
        serviceName: scope.serviceName,
        ...readNames(reader.bytes, start, end),
        type: kind.type,
        ...traits,
      }));
      this.#data(reader, dataEnd, kind, known, words, visit);
    }
  }

  #data(
    reader: ProtobufReader,
    end: number,
    kind: Kind,
    known: KnownStream,
    words: Uint32Array,
    visit: (place: MetricPlace) => void,
  ): void {
    const build = () => known.key + this.#attributesKey(reader.bytes, kind, words);
    const place: MetricPlace = { key: "", stream: known.stream, words, fault: undefined };
    eachMessage(reader, end, FIRST, (pointEnd) => {
      words[START] = reader.position;
      words[END] = pointEnd;
      place.fault = this.#point(reader, pointEnd, kind, words);
      place.key = this.#keyOf(known, reader.bytes, build);
      visit(place);
    });
  }

  /** Returns what is wrong with the ids of its exemplars. */
  #point(
    reader: ProtobufReader,
    end: number,
    { attributes, exemplars }: Kind,
    words: Uint32Array,
  ): string | undefined {
    words[0] = words[1] = 0;
    this.#attributesStart = this.#attributesEnd = reader.position;
    this.#isContiguous = true;
    let fault: string | undefined;
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.tag(end);
      if (tag === attributes) {
        reader.position = reader.lengthDelimited(end);
        this.#noteAttribute(tagStart, reader.position);
      } else if (tag === exemplars) {
        const exemplarEnd = reader.lengthDelimited(end);
        fault ??= idFault(reader, exemplarEnd, EXEMPLAR_IDS);
        reader.position = exemplarEnd;
      } else {
        const { position } = reader;
        reader.skip(tag, end);
        if (tag === TIME) readTime(reader.bytes, position, words, 0);
      }
    }
    return fault;
  }

  #noteAttribute(start: number, end: number): void {
    if (this.#attributesStart === this.#attributesEnd) this.#attributesStart = start;
    else if (start !== this.#attributesEnd) this.#isContiguous = false;
    this.#attributesEnd = end;
  }

  /** The key of the series of the last data point. */
  #keyOf(known: KnownStream, bytes: Uint8Array, build: () => string): string {
    return this.#isContiguous
      ? this.#known.seriesKey(known, bytes, this.#attributesStart, this.#attributesEnd, build)
      : build();
  }

  #attributesKey(bytes: Uint8Array, { attributes }: Kind, words: Uint32Array): string {
    this.#key.reset();
    const reader = new ProtobufReader(bytes, words[START]!);
    eachMessage(
      reader,
      words[END]!,
      attributes,
      (attributeEnd) => this.#key.add(bytes, reader.position, attributeEnd),
    );
    return this.#key.text();
  }
}

/**
 * Makes the message of a data point an unknown field, which every reader skips: it stays in the bytes, where the
 * places of the others must not change.
 *
 * @param start Where the message begins, after its tag and length.
 */
export function hidePoint(bytes: Uint8Array, start: number): void {
  let at = start - 2;
  // All but the last byte of a length have their highest bit set; the byte of the tag has not.
  while (bytes[at]! >= 0x80) at--;
  bytes[at] = HIDDEN;
}

/** Where the fields before a metric's data end; undefined if there are others behind it. */
function findData(reader: ProtobufReader, end: number): number | undefined {
  let start: number | undefined;
  while (reader.position < end) {
    const { position } = reader;
    const tag = reader.tag(end);
    if (KINDS.has(tag)) start ??= position;
    else if (start !== undefined) return undefined;
    reader.skip(tag, end);
  }
  return start ?? end;
}

/** Temporality and monotonicity of a metric's data; they may come before or after its points. */
function readTraits(reader: ProtobufReader, end: number, type: MetricType): StreamTraits {
  const traits = { aggregationTemporality: 0, isMonotonic: false };
  if (type === "gauge" || type === "summary") return traits;
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag === TEMPORALITY) traits.aggregationTemporality = reader.int32(end);
    else if (tag === IS_MONOTONIC && type === "sum") traits.isMonotonic = reader.int32(end) !== 0;
    else reader.skip(tag, end);
  }
  return traits;
}

/** Numbers a stream within its scope. @param metric The number of its name, unit and description. */
function streamNumber(
  metric: number,
  dataTag: number,
  { aggregationTemporality, isMonotonic }: StreamTraits,
): number {
  const isUsual = aggregationTemporality >= 0 && aggregationTemporality <= MAX_TEMPORALITY;
  if (metric === NOT_INTERNED || !isUsual) return NOT_INTERNED;
  return ((metric << 4 | dataTag >>> 3) << 2 | aggregationTemporality) << 1 | Number(isMonotonic);
}
