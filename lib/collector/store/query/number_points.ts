import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { type MetricStore, POINT } from "../index/metric_store.ts";

/** Tags of `NumberDataPoint`: field number and wire type, as encoded. */
const TAG = {
  startTime: 2 << 3 | 1,
  double: 4 << 3 | 1,
  exemplars: 5 << 3 | 2,
  integer: 6 << 3 | 1,
  flags: 8 << 3,
} as const;

/** `DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK` of a data point's flags. */
const NO_RECORDED_VALUE = 1;

/** Reads data points of gauges and sums one after the other, without an object for each. */
export class NumberPoints {
  /** What the last point holds: undefined if it has no value. */
  value: number | undefined;
  /** Whether its series has ended; then other values are ignored. */
  isEnd = false;
  hasExemplars = false;
  /** The start time in nanoseconds, upper half first; 0 if there is none. */
  readonly start = new Uint32Array(2);
  readonly #store: MetricStore;
  #reader = new ProtobufReader(new Uint8Array());
  #segment = -1;

  constructor(store: MetricStore) {
    this.#store = store;
  }

  /** Reads the point with this row. */
  read(row: number): void {
    const { rows } = this.#store;
    const at = rows.at(row);
    const segment = this.#store.segmentOf(row);
    if (segment !== this.#segment) {
      this.#reader = new ProtobufReader(this.#store.bytes.read(segment));
      this.#segment = segment;
    }
    this.#reader.position = rows.words[at + POINT.start]!;
    this.#readFields(this.#reader, rows.words[at + POINT.end]!);
  }

  #readFields(reader: ProtobufReader, end: number): void {
    this.value = undefined;
    this.isEnd = this.hasExemplars = false;
    this.start.fill(0);
    while (reader.position < end) {
      const tag = reader.tag(end);
      if (tag === TAG.double) this.value = reader.double(end);
      else if (tag === TAG.integer) {
        const low = reader.fixed32(end);
        this.value = (reader.fixed32(end) | 0) * 2 ** 32 + low;
      } else if (tag === TAG.startTime) {
        this.start[1] = reader.fixed32(end);
        this.start[0] = reader.fixed32(end);
      } else if (tag === TAG.flags) this.isEnd = (reader.int32(end) & NO_RECORDED_VALUE) !== 0;
      else {
        if (tag === TAG.exemplars) this.hasExemplars = true;
        reader.skip(tag, end);
      }
    }
    if (this.isEnd) this.value = undefined;
  }
}
