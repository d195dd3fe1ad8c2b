import { allocateBytes } from "../../../large_bytes.ts";
import { type FieldPath, ITEM_PATHS } from "../../../otlp/item_paths.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { LENGTH_DELIMITED } from "../../../otlp/reverse_writer.ts";
import type { Signal } from "../../../otlp/signal.ts";
import { appendTo, Header, lengthOf, PartNode, writeNode } from "./request_part.ts";

/** What the store takes in some milliseconds. */
const PART_BYTES = 4 * 2 ** 20;
const PART_ITEMS = 10_000;

/** How many times longer a part is, at least, than what it repeats of the parts before. */
const REPETITION_FACTOR = 8;

/** How long parts get. */
export interface PartLimits {
  bytes: number;
  items: number;
}

/**
 * Cuts a long request, which was checked before, into shorter ones, which hold its items in order; each
 * repeats what it needs of resources, scopes and metrics. An item is never cut. The memory of the
 * request is given back on the way, so that it does not take twice as much.
 *
 * @param pause Called between parts.
 * @returns The request itself if it is short enough. Otherwise its bytes are gone.
 */
export async function cutRequest(
  signal: Signal,
  request: Uint8Array<ArrayBuffer>,
  pause: () => Promise<void>,
  limits: PartLimits = { bytes: PART_BYTES, items: PART_ITEMS },
): Promise<Uint8Array<ArrayBuffer>[]> {
  const nodes = new RequestCutter(request, limits).cut(ITEM_PATHS[signal]);
  if (nodes.length === 1) return [request];
  // Where what is needed of the request ends before each part.
  const ends = [0];
  for (const node of nodes) ends.push(Math.max(ends.at(-1)!, node.end));
  // A view of a given length would be out of bounds of a buffer that shrinks.
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

/** Gives back the memory behind so many bytes, if that can be done without a copy. */
function release({ buffer, byteOffset }: Uint8Array<ArrayBuffer>, length: number): void {
  if (buffer.resizable) buffer.resize(byteOffset + length);
  else if (length === 0) buffer.transfer(0);
}

/** A message in which the cutter stands. */
interface Level {
  /** Where its tag begins and ends. */
  tagStart: number;
  tagEnd: number;
  header: Header;
  /** It, in the part that is being filled, if it is there. */
  node: PartNode | undefined;
}

/** Plans which items go into which part. */
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
    // What holds no item is kept, too.
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

  /** What is repeated is copied, so that it is there when the rest of its message has gone. */
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
