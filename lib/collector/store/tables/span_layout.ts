/**
 * Which word of a record holds what. Times take two words, upper half first; ids are stored as words in
 * byte order.
 */

/** A kept span: 64 bytes. */
export const ROW = {
  trace: 0,
  spanId: 1,
  parentSpanId: 3,
  start: 5,
  end: 7,
  /** Kind, status and flags: see the masks below. */
  facts: 9,
  /** Numbers of interned texts. */
  name: 10,
  service: 11,
  scope: 12,
  /** Where its message is in the segment. */
  offset: 13,
  length: 14,
  /** The trace's next span, unless it is the last one. */
  next: 15,
} as const;
export const ROW_WORDS = 16;

/** Parts of {@linkcode ROW.facts}. */
export const KIND_MASK = 0xff;
export const STATUS_SHIFT = 8;
export const STATUS_MASK = 0xff << STATUS_SHIFT;
export const IS_ERROR = 2 << STATUS_SHIFT;
/** The trace is gone; the row is removed with its segment. */
export const IS_DEAD = 1 << 16;
/** The row is in the hash table. */
export const IS_HASHED = 1 << 17;

/** A trace; it is gone when it has no spans. */
export const TRACE = { id: 0, firstRow: 4, lastRow: 5, spanCount: 6, mark: 7 } as const;
export const TRACE_WORDS = 8;

/** A request; its spans and scopes are contiguous. */
export const SEGMENT = { rowCount: 0, liveCount: 1, scopeCount: 2, firstRow: 3 } as const;
export const SEGMENT_WORDS = 4;

/** The spans of a scope in a segment, with the location of `ResourceSpans` and `ScopeSpans`. */
export const SCOPE = {
  segment: 0,
  resourceStart: 1,
  resourceEnd: 2,
  scopeStart: 3,
  scopeEnd: 4,
} as const;
export const SCOPE_WORDS = 5;

/** Which word of a scanned span holds what. */
export const SCANNED = {
  traceId: 0,
  spanId: 4,
  parentSpanId: 6,
  start: 8,
  end: 10,
  facts: 12,
  name: 13,
  service: 14,
  scope: 15,
  offset: 16,
  length: 17,
} as const;
/** How many words a scanned span takes. */
export const SCANNED_WORDS = 18;

/** Which word of a scanned scope holds what. */
export const SCANNED_SCOPE_WORDS = 4;
