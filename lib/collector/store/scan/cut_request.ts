import { allocateBytes } from "../../../large_bytes.ts";
import { type FieldPath, ITEM_PATHS } from "../../../otlp/item_paths.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { LENGTH_DELIMITED } from "../../../otlp/reverse_writer.ts";
import type { Signal } from "../../../otlp/signal.ts";
import { appendTo, Header, lengthOf, PartNode, writeNode } from "./request_part.ts";

/** The store takes this much in some milliseconds. */
const PART_BYTES = 4 * 2 ** 20;
const PART_ITEMS = 10_000;

/** A part is at least this many times longer than what it repeats from earlier parts. */
const REPETITION_FACTOR = 8;

/** How long parts may get. */
export interface PartLimits {
  bytes: number;
  items: number;
}

/**
 * Cuts a long request, already checked, into shorter ones that hold its items in order. Each repeats the
 * resources, scopes and metrics it needs. An item is never cut. The request's memory is released along
 * the way, so that cutting does not take twice as much.
 *
 * @param pause Called between parts.
 * @returns The request itself if it is short enough. Otherwise, its bytes are gone.
 */
export async function cutRequest(
  signal: Signal,
  request: Uint8Array<ArrayBuffer>,
  pause: () => Promise<void>,
  limits: PartLimits = { bytes: PART_BYTES, items: PART_ITEMS },
): Promise<Uint8Array<ArrayBuffer>[]> {
  const nodes = new RequestCutter(request, limits).cut(ITEM_PATHS[signal]);
  if (nodes.length === 1) return [request];
  // For each part, the end of the bytes of the request that are still needed.
  const ends = [0];
  for (const node of nodes) ends.push(Math.max(ends.at(-1)!, node.end));
  // A view of fixed length would be out of bounds once the buffer shrinks.
  const source = new Uint8Array(request.buffer, request.byteOffset);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const part = allocateBytes(lengthOf(nodes[i]!));
    writeNode(nodes[i]!, source, part);
    parts.push(part);
    release(source, ends[i]!);
    await pause();
  }
  return parts.reverse();
}

/** Releases the memory after the first `length` bytes, if that is possible without a copy. */
function release({ buffer, byteOffset }: Uint8Array<ArrayBuffer>, length: number): void {
  if (buffer.resizable) buffer.resize(byteOffset + length);
  else if (length === 0) buffer.transfer(0);
}

/** A message that encloses the cutter's position. */
interface Level {
  /** Where the message's tag begins and ends. */
  tagStart: number;
  tagEnd: number;
  header: Header;
  /** The message's node in the part that is being filled, if it is there. */
  node: PartNode | undefined;
}

/** Plans which items go in which part. */
class RequestCutter {
  readonly #reader: ProtobufReader;
  readonly #limits: PartLimits;
  readonly #parts: PartNode[] = [];
  readonly #levels: Level[] = [];
  /** Of the part that is being filled. */
  #bytes = 0;
  #items = 0;

  constructor(request: Uint8Array, limits: PartLimits) {
    this.#reader = new ProtobufReader(request);
    this.#limits = limits;
  }

  cut(path: FieldPath): PartNode[] {
    this.#message(0, 0, this.#reader.bytes.length, path);
    return this.#parts;
  }

  #message(
    tagStart: number,
    tagEnd: number,
    end: number,
    [numbers = [], ...deeper]: FieldPath,
  ): void {
    const reader = this.#reader;
    const start = reader.position;
    const isContent = (tag: number) =>
      (tag & 7) === LENGTH_DELIMITED && numbers.includes(tag >>> 3);
    const header = new Header();
    this.#levels.push({ tagStart, tagEnd, header, node: undefined });
    while (reader.position < end) {
      const fieldStart = reader.position;
      const tag = reader.tag(end);
      reader.skip(tag, end);
      if (!isContent(tag)) appendTo(header.ranges, fieldStart, reader.position);
    }
    reader.position = start;
    while (reader.position < end) {
      const fieldStart = reader.position;
      const tag = reader.tag(end);
      const contentStart = reader.position;
      if (!isContent(tag)) reader.skip(tag, end);
      else if (deeper.length > 0) {
        const inner = reader.lengthDelimited(end);
        this.#message(fieldStart, contentStart, inner, deeper);
      } else {
        reader.skip(tag, end);
        this.#item(fieldStart, reader.position);
      }
    }
    // A message that holds no item is kept, too.
    this.#node();
    this.#levels.pop();
  }

  #item(start: number, end: number): void {
    if (this.#isFull()) this.#finishPart();
    appendTo(this.#node().contents, start, end);
    this.#bytes += end - start;
    this.#items++;
  }

  #isFull(): boolean {
    if (this.#bytes < this.#limits.bytes && this.#items < this.#limits.items) return false;
    const repeated = this.#levels.reduce((sum, { header }) => sum + header.length, 0);
    return this.#bytes >= REPETITION_FACTOR * repeated;
  }

  /** Copies what will be repeated, because the rest of its message may be released. */
  #finishPart(): void {
    for (const level of this.#levels) {
      level.header.copyFrom(this.#reader.bytes);
      level.node = undefined;
    }
    this.#bytes = this.#items = 0;
  }

  /** The innermost message in the part that is being filled. */
  #node(): PartNode {
    let parent: PartNode | undefined;
    for (const level of this.#levels) {
      if (!level.node) {
        level.node = new PartNode(level.tagStart, level.tagEnd, level.header);
        this.#bytes += level.header.length;
        if (parent) parent.contents.push(level.node);
        else this.#parts.push(level.node);
      }
      parent = level.node;
    }
    return parent!;
  }
}
