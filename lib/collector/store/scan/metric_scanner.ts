import type { MetricType } from "../../model.ts";
import type { Resource } from "../../../otlp/json.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import { decodeUtf8, ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { validate } from "../../../otlp/validate.ts";
import { withoutContents } from "./message_parts.ts";
import { readTime } from "../tables/words.ts";
import { eachMessage } from "./scanning.ts";
import { SeriesKey } from "./series_key.ts";
import { attributeText } from "./text_search.ts";

/** Tags: field number and wire type, as they stand in the bytes. */
const FIRST = 1 << 3 | 2;
const SECOND = 2 << 3 | 2;
const TIME = 3 << 3 | 1;

/** Field numbers of each kind of data in its metric, and of the attributes in its data points. */
const KINDS: { type: MetricType; data: number; attributes: number }[] = [
  { type: "gauge", data: 5, attributes: 7 },
  { type: "sum", data: 7, attributes: 7 },
  { type: "histogram", data: 9, attributes: 9 },
  { type: "exponentialHistogram", data: 10, attributes: 1 },
  { type: "summary", data: 11, attributes: 7 },
];

/** A data point where it was found. */
export interface MetricPlace {
  /** What makes a series: resource, scope, name, kind and attributes. */
  key: string;
  name: string;
  type: MetricType;
  serviceName: string;
  /** As `POINT` says; segment and series are open. */
  words: Uint32Array;
}

/** Words of a data point's row; see `POINT`. */
export const POINT_WORDS = 12;
const [START, END, LIMITS] = [4, 5, 6];

/** Checks an export request of metrics and finds its data points. */
export class MetricScanner {
  /** `service.name` of each resource. */
  readonly serviceNames = new Set<string>();
  readonly #key = new SeriesKey();

  /** @throws {MalformedError} If the bytes are no such request. */
  check(bytes: Uint8Array): void {
    validate("MetricsData", bytes);
  }

  /** Finds each data point of a request that was checked. The place holds only during the call. */
  scan(bytes: Uint8Array, visit: (place: MetricPlace) => void): void {
    this.serviceNames.clear();
    const place: MetricPlace = {
      key: "",
      name: "",
      type: "gauge",
      serviceName: "",
      words: new Uint32Array(POINT_WORDS),
    };
    const reader = new ProtobufReader(bytes);
    eachMessage(reader, bytes.length, FIRST, (resourceEnd) => {
      const resourceStart = reader.position;
      const header = withoutContents(bytes.subarray(resourceStart, resourceEnd));
      const { resource } = protobufToJson("ResourceMetrics", header);
      const serviceName = attributeText(resource?.attributes, "service.name") ?? "";
      this.serviceNames.add(serviceName);
      eachMessage(reader, resourceEnd, SECOND, (scopeEnd) => {
        const scopeStart = reader.position;
        const { scope } = protobufToJson(
          "ScopeMetrics",
          withoutContents(bytes.subarray(scopeStart, scopeEnd)),
        );
        const source = [resourceKey(resource), scope?.name ?? "", scope?.version ?? ""];
        place.serviceName = serviceName;
        eachMessage(reader, scopeEnd, SECOND, (end) => {
          place.words.set(
            [reader.position, end, scopeStart, scopeEnd, resourceStart, resourceEnd],
            LIMITS,
          );
          this.#metric(reader, end, source, place, visit);
        });
      });
    });
  }

  #metric(
    reader: ProtobufReader,
    end: number,
    source: string[],
    place: MetricPlace,
    visit: (place: MetricPlace) => void,
  ): void {
    const start = reader.position;
    place.name = "";
    eachMessage(reader, end, FIRST, (nameEnd) => {
      place.name = decodeUtf8(reader.bytes, reader.position, nameEnd);
    });
    reader.position = start;
    for (const { type, data, attributes } of KINDS) {
      place.type = type;
      const series = JSON.stringify([...source, place.name, type]);
      eachMessage(reader, end, data << 3 | 2, (dataEnd) => {
        eachMessage(reader, dataEnd, FIRST, (pointEnd) => {
          place.words[START] = reader.position;
          place.words[END] = pointEnd;
          this.#point(reader, pointEnd, attributes << 3 | 2, place.words);
          place.key = series + this.#key.text();
          visit(place);
        });
      });
      reader.position = start;
    }
    reader.position = end;
  }

  #point(reader: ProtobufReader, end: number, attribute: number, words: Uint32Array): void {
    this.#key.reset();
    words[0] = words[1] = 0;
    while (reader.position < end) {
      const tag = reader.tag(end);
      if (tag === attribute) {
        const attributeEnd = reader.lengthDelimited(end);
        this.#key.add(reader.bytes, reader.position, attributeEnd);
        reader.position = attributeEnd;
      } else {
        const { position } = reader;
        reader.skip(tag, end);
        if (tag === TIME) readTime(reader.bytes, position, words, 0);
      }
    }
  }
}

function resourceKey(resource: Resource | undefined): string {
  // In an order that does not depend on the sender's.
  const attributes = resource?.attributes ?? [];
  return JSON.stringify(
    attributes.toSorted((a, b) => (a.key ?? "") < (b.key ?? "") ? -1 : 1),
  );
}
