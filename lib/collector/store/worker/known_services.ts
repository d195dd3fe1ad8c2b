import { assignLooks } from "../../../trace/service_looks.ts";

/** Beyond this, further services share a look anyway. */
const MAX_NAMES = 4096;
/** Longer names are left out, because each page gets the names with a look. */
const MAX_LENGTH = 256;

/**
 * The services that sent any signal, and their looks. Eviction does not remove a service, so that the
 * others keep their looks.
 */
export class KnownServices {
  readonly #names = new Set<string>();
  #looks: readonly (string | null)[] | undefined;

  add(names: Iterable<string>): void {
    for (const name of names) {
      if (this.#names.size >= MAX_NAMES || name.length > MAX_LENGTH) continue;
      if (this.#names.has(name)) continue;
      this.#names.add(name);
      this.#looks = undefined;
    }
  }

  clear(): void {
    this.#names.clear();
    this.#looks = undefined;
  }

  /** The names at the index of their look; see {@linkcode assignLooks}. */
  get looks(): readonly (string | null)[] {
    return this.#looks ??= assignLooks(this.#names);
  }
}
