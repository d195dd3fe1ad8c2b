import { useEffect, useRef } from "preact/hooks";

const SCROLLING_KEY = /^(Arrow|Home$|End$)/;

/** The actions of keys, by `KeyboardEvent.key`. */
export type Keys = Record<string, () => unknown>;

/**
 * Handles keys anywhere on the page, except during text input or while a dialog is open. Enter is left to the
 * focused link or button, and scrolling keys to an element with `data-scrolls`.
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
  return target instanceof HTMLInputElement && target.type !== "checkbox" ||
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
