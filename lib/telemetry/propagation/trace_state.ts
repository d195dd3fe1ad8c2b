import type { TraceState } from "@opentelemetry/api";
import { trimBlanks } from "./trim_blanks.ts";

const MAX_MEMBERS = 32;

/** W3C Trace Context level 2, section 3.3.1.3.1; level 1 allowed one `@`, with rules for both sides of it. */
const KEY = /^[a-z0-9][a-z0-9_*/@-]{0,255}$/;

/** Printable ASCII without comma and equals sign, not ending in a space: section 3.3.1.3.2. */
const VALUE = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** The members of a `tracestate` header, the most recent one first. Immutable. */
export class W3CTraceState implements TraceState {
  readonly #members: ReadonlyMap<string, string>;

  constructor(members: ReadonlyMap<string, string>) {
    this.#members = members;
  }

  /** Adds or moves a member to the front; the last one is removed if there are more than 32. */
  set(key: string, value: string): TraceState {
    if (!KEY.test(key) || !VALUE.test(value)) return this;
    const others = [...this.#members].filter(([other]) => other !== key);
    return new W3CTraceState(new Map([[key, value], ...others.slice(0, MAX_MEMBERS - 1)]));
  }

  /** Returns the state without the member. */
  unset(key: string): TraceState {
    return new W3CTraceState(new Map([...this.#members].filter(([other]) => other !== key)));
  }

  /** The value of a member. */
  get(key: string): string | undefined {
    return this.#members.get(key);
  }

  /** The header's value; empty if there is no member. */
  serialize(): string {
    return [...this.#members].map(([key, value]) => `${key}=${value}`).join(",");
  }
}

/**
 * Parses the value of a `tracestate` header, or of several joined by commas. One invalid member discards them
 * all, because the rest can't be trusted either; empty members are allowed. If several members have the same
 * key, the first, which is the most recent, counts.
 *
 * @see https://www.w3.org/TR/trace-context-2/#tracestate-header
 */
export function parseTraceState(header: string): TraceState | undefined {
  const members = new Map<string, string>();
  let count = 0;
  for (const part of header.split(",")) {
    const member = trimBlanks(part);
    if (member === "") continue;
    const separator = member.indexOf("=");
    const key = member.slice(0, Math.max(separator, 0));
    const value = member.slice(separator + 1);
    if (!KEY.test(key) || !VALUE.test(value) || ++count > MAX_MEMBERS) return undefined;
    if (!members.has(key)) members.set(key, value);
  }
  if (members.size === 0) return undefined;
  return new W3CTraceState(members);
}
