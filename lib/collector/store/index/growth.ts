/** How much more a store will take. */
export interface Growth {
  /** The bytes of the request itself. */
  bytes: number;
  /** What its tables will grow by. */
  indexBytes: number;
}

/** Called before a request is kept; may evict. The growth may get smaller when something is evicted. */
export type MakeRoom = (growth: () => Growth) => void;
