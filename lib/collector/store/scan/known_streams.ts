import { NOT_INTERNED } from "../tables/interner.ts";
import { type MetricStream, readResource, sourceKey, streamKey } from "./metric_stream.ts";
import { RepeatedBytes } from "./repeated_bytes.ts";

/** More than there are series. */
const MAX_ENTRIES = 2 ** 13;

/** A resource that has sent metrics. */
export interface KnownResource {
  readonly serviceName: string;
  /** Equal resources have equal texts. */
  readonly key: string;
  readonly scopes: Map<number, KnownScope>;
}

/** A scope of a resource. */
export interface KnownScope {
  readonly serviceName: string;
  /** {@linkcode MetricStream.source} of its streams. */
  readonly source: string;
  readonly streams: Map<number, KnownStream>;
}

/** A metric stream. */
export interface KnownStream {
  readonly stream: MetricStream;
  /** The keys of its series begin with it. */
  readonly key: string;
  readonly seriesKeys: Map<number, string>;
}

/**
 * Remembers what was made of the bytes of resources, scopes, metrics and attributes: a sender writes them
 * the same way in every request. When there are too many, it begins again with the next request.
 */
export class KnownStreams {
  readonly #headers = new RepeatedBytes({
    maxTexts: MAX_ENTRIES,
    maxBytes: 2 ** 20,
    maxTextBytes: 2 ** 11,
  });
  readonly #attributes = new RepeatedBytes({
    maxTexts: MAX_ENTRIES,
    maxBytes: 2 ** 20,
    maxTextBytes: 512,
  });
  readonly #resources = new Map<number, KnownResource>();
  /** Of all maps. */
  #entries = 0;

  /** Call before each request: numbers stay valid only during one. */
  begin(): void {
    const isFull = this.#entries >= MAX_ENTRIES || this.#headers.isFull || this.#attributes.isFull;
    if (!isFull) return;
    this.#headers.clear();
    this.#attributes.clear();
    this.#resources.clear();
    this.#entries = 0;
  }

  /** @param header An encoded `ResourceMetrics` without its metrics. */
  resource(header: Uint8Array): KnownResource {
    return this.#recall(
      this.#resources,
      this.#headers.numberOf(header, 0, header.length),
      () => ({ ...readResource(header), scopes: new Map() }),
    );
  }

  /** @param header An encoded `ScopeMetrics` without its metrics. */
  scope({ scopes, key, serviceName }: KnownResource, header: Uint8Array): KnownScope {
    return this.#recall(
      scopes,
      this.#headers.numberOf(header, 0, header.length),
      () => ({ serviceName, source: sourceKey(key, header), streams: new Map() }),
    );
  }

  /** The number of what an encoded `Metric` has before its data. */
  metricNumber(bytes: Uint8Array, start: number, end: number): number {
    return this.#headers.numberOf(bytes, start, end);
  }

  /** @param number Of the stream within its scope; `NOT_INTERNED` if it is not to be remembered. */
  stream({ streams }: KnownScope, number: number, build: () => MetricStream): KnownStream {
    return this.#recall(streams, number, () => {
      const stream = build();
      return { stream, key: streamKey(stream), seriesKeys: new Map() };
    });
  }

  /** The key of the series with the encoded attributes. */
  seriesKey(
    { seriesKeys }: KnownStream,
    bytes: Uint8Array,
    start: number,
    end: number,
    build: () => string,
  ): string {
    return this.#recall(seriesKeys, this.#attributes.numberOf(bytes, start, end), build);
  }

  #recall<Value>(values: Map<number, Value>, number: number, build: () => Value): Value {
    const known = values.get(number);
    if (known !== undefined) return known;
    const value = build();
    if (number === NOT_INTERNED || this.#entries >= MAX_ENTRIES) return value;
    values.set(number, value);
    this.#entries++;
    return value;
  }
}
