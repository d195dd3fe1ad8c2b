import { useLayoutEffect } from "preact/hooks";
import { TRACE_ID_LENGTH, traceIdIn } from "../../query/trace_id.ts";
import { isSnapshot, navigate, traceHref } from "./place.ts";

/** Opens a trace when its id, or a `traceparent` header, is pasted anywhere but into a field. */
export function usePastedTrace(): void {
  useLayoutEffect(() => {
    const onPaste = ({ target, clipboardData }: ClipboardEvent) => {
      if (isSnapshot.value || isField(target)) return;
      const id = traceIdIn(clipboardData?.getData("text/plain") ?? "");
      if (id?.length === TRACE_ID_LENGTH) navigate(traceHref(id));
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select") !== null;
}
