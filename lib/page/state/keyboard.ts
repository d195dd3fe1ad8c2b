import { useEffect, useRef } from "preact/hooks";

const SCROLLING_KEY = /^(Arrow|Home$|End$)/;

/** What a key does; by the key's name as `KeyboardEvent.key` has it. */
export type Keys = Record<string, () => unknown>;

/**
 * Acts on keys anywhere on the page, but not while one types or a dialog is open. Enter stays with the
 * link or button that has the focus, and what scrolls stays with an element with `data-scrolls`.
 */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
      if (isOwnKey(event.key, event.target)) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isOwnKey(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return key === "Enter"
    ? target.closest("a[href], button, summary") !== null
    : SCROLLING_KEY.test(key) && target.closest("[data-scrolls]") !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
}
