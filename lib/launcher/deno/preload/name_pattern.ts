/**
 * A step of a program: the characters that lead to the next step, or the offsets of the steps to
 * continue at without reading one. After the last step, the name has matched.
 */
export type Step = string | readonly number[];

/**
 * A parsed regular expression for whole names, in lower case. Matching takes time proportional to
 * the length of the name.
 */
export class NamePattern {
  /** JSON contains only this. */
  readonly program: readonly Step[];

  constructor(program: readonly Step[]) {
    this.program = program;
  }

  matches(name: string): boolean {
    let states = this.#reachedFrom([0]);
    for (const character of name) {
      if (states.size === 0) return false;
      const passed = [...states].filter((at) => {
        const step = this.program[at];
        return typeof step === "string" && step.includes(character);
      });
      states = this.#reachedFrom(passed.map((at) => at + 1));
    }
    return states.has(this.program.length);
  }

  #reachedFrom(starts: readonly number[]): Set<number> {
    const reached = new Set(starts);
    // Iterating over a set includes elements that are added meanwhile.
    for (const at of reached) {
      const step = this.program[at];
      if (typeof step === "object") { for (const offset of step) reached.add(at + offset); }
    }
    return reached;
  }
}

/** Restores patterns from JSON; for `JSON.parse`. */
export function reviveNamePatterns(_key: string, value: unknown): unknown {
  const { program } = (value ?? {}) as { program?: readonly Step[] };
  return Array.isArray(program) ? new NamePattern(program) : value;
}
