/** What a client that comes back can still get; beyond it reads anew. */
const MAX_EVENTS = 512;
const MAX_BYTES = 2 * 1024 * 1024;

/** A larger event costs a client more than to read anew. */
const MAX_EVENT_BYTES = 1024 * 1024;

/** An event as it is sent. */
export type EncodedEvent = Uint8Array<ArrayBuffer>;

/** Encodes events, and keeps the newest for clients that come back. */
export class EventReplay {
  readonly #events: { sequence: number; bytes: EncodedEvent }[] = [];
  #bytes = 0;
  /** Ids of an earlier process, or from before a pause, are not ours. */
  #epoch = newEpoch();
  #sequence = 0;

  /** Encodes an event; one that is too large becomes `resync`. */
  add(name: string, data: unknown): EncodedEvent {
    this.#sequence++;
    let bytes = this.#encode(name, data);
    if (bytes.length > MAX_EVENT_BYTES) bytes = this.resync();
    this.#events.push({ sequence: this.#sequence, bytes });
    this.#bytes += bytes.length;
    while (this.#events.length > MAX_EVENTS || this.#bytes > MAX_BYTES) {
      this.#bytes -= this.#events.shift()?.bytes.length ?? 0;
    }
    return bytes;
  }

  /** What makes a client read anew; it has the id of the last event. */
  resync(): EncodedEvent {
    return this.#encode("resync", {});
  }

  /** What came after the event with this id, or `resync` if that is not known any more. */
  since(lastEventId: string): EncodedEvent[] {
    const [, epoch, digits] = /^(\w+)\.(\d{1,15})$/.exec(lastEventId) ?? [];
    const last = Number(digits);
    const oldest = this.#sequence - this.#events.length;
    if (epoch !== this.#epoch || last < oldest || last > this.#sequence) return [this.resync()];
    return this.#events.filter(({ sequence }) => sequence > last).map(({ bytes }) => bytes);
  }

  /** Forgets everything, ids too. */
  clear(): void {
    this.#events.length = 0;
    this.#bytes = 0;
    this.#epoch = newEpoch();
    this.#sequence = 0;
  }

  #encode(name: string, data: unknown): EncodedEvent {
    const id = `${this.#epoch}.${this.#sequence}`;
    const text = `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
    return new TextEncoder().encode(text);
  }
}

function newEpoch(): string {
  return crypto.randomUUID().slice(0, 8);
}
