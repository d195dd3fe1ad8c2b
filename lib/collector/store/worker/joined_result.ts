import { allocateBytes, freeBytes } from "../../../large_bytes.ts";
import { isPart } from "../scan/kept_items.ts";
import type { AddResult } from "../store.ts";

/** How many different messages are reported per request. */
const MAX_MESSAGES = 3;

/** Combines the results of a request that was stored in parts. */
export class JoinedResult {
  readonly #result: AddResult = { accepted: 0, rejected: 0, duplicated: 0, serviceNames: [] };
  readonly #services = new Set<string>();
  /** The rest of each message after its leading count, and the sum of those counts. */
  readonly #messages = new Map<string, number>();
  readonly #returnsKept: boolean;
  #kept: Uint8Array<ArrayBuffer>[] = [];

  /** @param returnsKept As in {@linkcode AddOptions}. */
  constructor(returnsKept = false) {
    this.#returnsKept = returnsKept;
  }

  /** Adds the result of a part. @param part Its bytes, if the accepted part is to be returned. */
  add(result: AddResult, part?: Uint8Array<ArrayBuffer>): void {
    this.#result.accepted += result.accepted;
    this.#result.rejected += result.rejected;
    this.#result.duplicated += result.duplicated;
    for (const name of result.serviceNames) this.#services.add(name);
    if (result.message !== undefined) {
      const [, count, text] = /^(\d*)([^]*)$/.exec(result.message)!;
      this.#messages.set(text!, (this.#messages.get(text!) ?? 0) + Number(count));
    }
    if (!this.#returnsKept || result.accepted === 0) return;
    const kept = result.kept ?? part;
    if (kept) this.#kept.push(kept);
  }

  /** Call this only once. */
  finish(): AddResult {
    const result = { ...this.#result, serviceNames: [...this.#services] };
    if (this.#messages.size > 0) {
      result.message = [...this.#messages].slice(0, MAX_MESSAGES)
        .map(([text, count]) => `${count || ""}${text}`).join("; ");
    }
    if (this.#returnsKept && isPart(result)) result.kept = join(this.#kept);
    for (const bytes of this.#kept) freeBytes(bytes);
    return result;
  }
}

/** Concatenated requests are a valid request. */
function join(requests: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const joined = allocateBytes(requests.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const request of requests) {
    joined.set(request, at);
    at += request.length;
  }
  return joined;
}
