import type { MetricType } from "../../model.ts";
import type { KeyValue, Resource } from "../../../otlp/json.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import { decodeUtf8, ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { validate } from "../../../otlp/validate.ts";
import { withoutContents } from "./message_parts.ts";
import { readTime } from "../tables/words.ts";
import { eachMessage } from "./scanning.ts";
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
  words: number[];
}

/** Checks an export request of metrics and finds its data points. */
export class MetricScanner {
  /** `service.name` of each resource. */
  readonly serviceNames = new Set<string>();

  /** @throws {MalformedError} If the bytes are no such request. */
  scan(bytes: Uint8Array): MetricPlace[] {
    this.serviceNames.clear();
    validate("MetricsData", bytes);
    const places: MetricPlace[] = [];
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
        eachMessage(reader, scopeEnd, SECOND, (end) => {
          const limits = [reader.position, end, scopeStart, scopeEnd, resourceStart, resourceEnd];
          readMetric(reader, end, (name, type, attributes, time, start, pointEnd) =>
            places.push({
              key: JSON.stringify([...source, name, type, sorted(attributes)]),
              name,
              type,
              serviceName,
              words: [...time, 0, 0, start, pointEnd, ...limits],
            }));
        });
      });
    });
    return places;
  }
}

function readMetric(reader: ProtobufReader, end: number, visit: PointVisitor): void {
  const start = reader.position;
  let name = "";
  eachMessage(reader, end, FIRST, (nameEnd) => {
    name = decodeUtf8(reader.bytes, reader.position, nameEnd);
  });
  reader.position = start;
  for (const { type, data, attributes: attributesField } of KINDS) {
    eachMessage(reader, end, data << 3 | 2, (dataEnd) => {
      eachMessage(reader, dataEnd, FIRST, (pointEnd) => {
        const pointStart = reader.position;
        const { attributes, time } = readPoint(reader, pointEnd, attributesField);
        visit(name, type, attributes, time, pointStart, pointEnd);
      });
    });
    reader.position = start;
  }
  reader.position = end;
}

function readPoint(reader: ProtobufReader, end: number, attributesField: number) {
  const attributes: KeyValue[] = [];
  const time = new Uint32Array(2);
  while (reader.position < end) {
    const tag = reader.tag(end);
    const { position } = reader;
    if (tag === (attributesField << 3 | 2)) {
      attributes.push(protobufToJson("KeyValue", reader.raw(end)));
    } else {
      reader.skip(tag, end);
      if (tag === TIME) readTime(reader.bytes, position, time, 0);
    }
  }
  return { attributes, time };
}

function resourceKey(resource: Resource | undefined): string {
  return JSON.stringify(sorted(resource?.attributes ?? []));
}

/** In an order that does not depend on the sender's. */
function sorted(attributes: KeyValue[]): KeyValue[] {
  return attributes.toSorted((a, b) => (a.key ?? "") < (b.key ?? "") ? -1 : 1);
}

type PointVisitor = (
  name: string,
  type: MetricType,
  attributes: KeyValue[],
  time: Uint32Array,
  start: number,
  end: number,
) => void;
