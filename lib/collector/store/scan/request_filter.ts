import type { TextSearch } from "./text_search.ts";

const encoder = new TextEncoder();
/** Maps every byte to a character of its own, and is the fastest decoder. */
const decoder = new TextDecoder("windows-1252");

/** How a request may have a text: not at all, only in values that aren't encoded as text, or as it is. */
export type Presence = "none" | "unwritten" | "written";

/** Rules out whole requests, much faster than item by item. */
export class RequestFilter {
  readonly #requests: Requests;
  readonly #needed: readonly string[];
  readonly #texts: readonly TextSearch[];
  readonly #patterns: readonly (RegExp | undefined)[];
  /** By the number of the request. */
  readonly #known = new Map<number, RequestFacts>();

  /**
   * @param needed What the bytes of a request must contain.
   * @param texts What its values are searched for, in any case.
   */
  constructor(requests: Requests, needed: readonly string[], texts: readonly TextSearch[]) {
    this.#requests = requests;
    this.#needed = needed.map((text) => decoder.decode(encoder.encode(text)));
    this.#texts = texts;
    this.#patterns = texts.map(({ requestPattern }) => requestPattern);
  }

  /** Whether a request may have all that is needed. */
  hasNeeded(segment: number): boolean {
    return this.#needed.length === 0 || this.#factsOf(segment).hasNeeded;
  }

  /** How a request may have one of the texts. */
  presence(segment: number, text: TextSearch): Presence {
    return this.#factsOf(segment).presences[this.#texts.indexOf(text)]!;
  }

  #factsOf(segment: number): RequestFacts {
    let facts = this.#known.get(segment);
    if (facts === undefined) this.#known.set(segment, facts = this.#look(segment));
    return facts;
  }

  #look(segment: number): RequestFacts {
    const bytes = this.#requests.read(segment);
    const request = decoder.decode(bytes);
    return {
      hasNeeded: this.#needed.every((text) => request.includes(text)),
      presences: this.#texts.map((text, i) =>
        this.#patterns[i]?.test(request) ?? true
          ? "written"
          : text.mayBeUnwritten(bytes)
          ? "unwritten"
          : "none"
      ),
    };
  }
}

/** Reads the bytes of a request by its number. */
interface Requests {
  read(segment: number): Uint8Array;
}

/** What a request may have: all that is needed, and the texts. */
interface RequestFacts {
  hasNeeded: boolean;
  presences: Presence[];
}
