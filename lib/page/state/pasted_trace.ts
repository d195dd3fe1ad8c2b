import { useEffect } from "preact/hooks";
import { traceIdIn } from "../views/traces/filter.ts";
import { isSnapshot, navigate, traceHref } from "./place.ts";

const WHOLE_ID_LENGTH = 32;

/** Opens a trace when its id, or a `traceparent` header, is pasted anywhere but into a field. */
export function usePastedTrace(): void {
  useEffect(() => {
    const onPaste = ({ target, clipboardData }: ClipboardEvent) => {
      if (isSnapshot.value || isField(target)) return;
      const id = traceIdIn(clipboardData?.getData("text/plain") ?? "");
      if (id?.length === WHOLE_ID_LENGTH) navigate(traceHref(id));
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select") !== null;
}
