/** How much is kept for reconnecting clients; beyond that, they have to reload. */
const MAX_EVENTS = 512;
const MAX_BYTES = 2 * 1024 * 1024;

/** Larger events cost a client more than reloading. */
const MAX_EVENT_BYTES = 1024 * 1024;

/** An event in encoded form. */
export type EncodedEvent = Uint8Array<ArrayBuffer>;

/** Encodes events, and keeps the newest ones for reconnecting clients. */
export class EventReplay {
  readonly #events: { sequence: number; bytes: EncodedEvent }[] = [];
  #bytes = 0;
  /** Distinguishes ids from an earlier process, or from before a pause. */
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

  /** The event that makes a client reload; it has the id of the last event. */
  resync(): EncodedEvent {
    return this.#encode("resync", {});
  }

  /** The events after the one with this id, or `resync` if these are no longer known. */
  since(lastEventId: string): EncodedEvent[] {
    const [, epoch, digits] = /^(\w+)\.(\d{1,15})$/.exec(lastEventId) ?? [];
    const last = Number(digits);
    const oldest = this.#sequence - this.#events.length;
    if (epoch !== this.#epoch || last < oldest || last > this.#sequence) return [this.resync()];
    return this.#events.filter(({ sequence }) => sequence > last).map(({ bytes }) => bytes);
  }

  /** Forgets everything, including ids. */
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
