/** Bytes of a request. */
interface Range {
  start: number;
  end: number;
}

/** All fields of a message except those that hold items. */
export class Header {
  readonly ranges: Range[] = [];
  bytes: Uint8Array | undefined;

  get length(): number {
    return this.bytes?.length ?? this.ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /** Makes it independent of the request. */
  copyFrom(request: Uint8Array): void {
    if (this.bytes) return;
    const bytes = new Uint8Array(this.length);
    this.writeTo(bytes, 0, request);
    this.bytes = bytes;
  }

  /** Returns where it ends. */
  writeTo(target: Uint8Array, at: number, request: Uint8Array): number {
    if (this.bytes) {
      target.set(this.bytes, at);
      return at + this.bytes.length;
    }
    for (const range of this.ranges) at = copyRange(range, request, target, at);
    return at;
  }
}

/** A message with a part of its contents: items, and messages that hold items. */
export class PartNode {
  readonly tagStart: number;
  readonly tagEnd: number;
  readonly header: Header;
  readonly contents: (PartNode | Range)[] = [];
  /** Without the tag and its own length; set by {@linkcode lengthOf}. */
  innerLength = 0;

  constructor(tagStart: number, tagEnd: number, header: Header) {
    this.tagStart = tagStart;
    this.tagEnd = tagEnd;
    this.header = header;
  }

  /** Where the bytes of the request that this needs end. */
  get end(): number {
    const own = this.header.bytes ? 0 : this.header.ranges.at(-1)?.end ?? 0;
    return this.contents.reduce((end, content) => Math.max(end, content.end), own);
  }
}

/** Adds a range; merges it with the last one if they are adjacent. */
export function appendTo(ranges: (PartNode | Range)[], start: number, end: number): void {
  const last = ranges.at(-1);
  if (last && !(last instanceof PartNode) && last.end === start) last.end = end;
  else ranges.push({ start, end });
}

/** The length of a message's contents. */
export function lengthOf(node: PartNode): number {
  let length = node.header.length;
  for (const content of node.contents) {
    if (content instanceof PartNode) {
      const inner = lengthOf(content);
      length += content.tagEnd - content.tagStart + varintLength(inner) + inner;
    } else length += content.end - content.start;
  }
  return node.innerLength = length;
}

/** Writes the contents of a message, whose length is already known; returns where they end. */
export function writeNode(
  node: PartNode,
  request: Uint8Array,
  target: Uint8Array,
  start = 0,
): number {
  let at = node.header.writeTo(target, start, request);
  for (const content of node.contents) {
    if (content instanceof PartNode) {
      at = copyRange({ start: content.tagStart, end: content.tagEnd }, request, target, at);
      at = writeVarint(content.innerLength, target, at);
      at = writeNode(content, request, target, at);
    } else at = copyRange(content, request, target, at);
  }
  return at;
}

function copyRange(
  { start, end }: Range,
  request: Uint8Array,
  target: Uint8Array,
  at: number,
): number {
  target.set(request.subarray(start, end), at);
  return at + end - start;
}

function varintLength(value: number): number {
  let length = 1;
  for (; value >= 0x80; value = Math.floor(value / 0x80)) length++;
  return length;
}

function writeVarint(value: number, target: Uint8Array, at: number): number {
  for (; value >= 0x80; value = Math.floor(value / 0x80)) target[at++] = value & 0x7f | 0x80;
  target[at++] = value;
  return at;
}
