import { within } from "./patience.ts";

/** A server-sent event. */
export interface ReceivedEvent {
  event: string;
  id: string;
  // deno-lint-ignore no-explicit-any -- the JSON has a different shape for each event.
  data: any;
}

/** Reads server-sent events one by one, as a browser does. */
export class EventReader implements AsyncDisposable {
  /** Comments and other lines that aren't events. */
  readonly others: string[] = [];
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined) {
    if (!stream) throw new TypeError("There is no stream of events");
    this.#reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event; undefined at the end of the stream. */
  async next(): Promise<ReceivedEvent | undefined> {
    while (true) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        const fields = Object.fromEntries(
          block.split("\n").map((
            line,
          ) => [line.split(": ", 1)[0], line.slice(line.indexOf(": ") + 2)]),
        );
        if (fields.event) {
          return { event: fields.event, id: fields.id ?? "", data: JSON.parse(fields.data ?? "") };
        }
        this.others.push(block);
        continue;
      }
      const { value, done } = await within(this.#reader.read(), "an event");
      if (done) return undefined;
      this.#text += value;
    }
  }

  /** The next event with that name; events before it are skipped. */
  async find(name: string): Promise<ReceivedEvent> {
    while (true) {
      const event = await this.next();
      if (!event) throw new Error(`The stream ended without "${name}"`);
      if (event.event === name) return event;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }
}
