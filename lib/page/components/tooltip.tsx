import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

interface Shown {
  id: string;
  text: string;
  left: number;
  top: number;
}

const shown = signal<Shown | undefined>(undefined);

/** Explains its content on hover and on focus; Escape hides it. */
export function Explained({ text, children }: { text: string; children: ComponentChildren }) {
  const id = useId();
  const element = useRef<HTMLSpanElement>(null);
  const show = () => {
    const box = element.current?.getBoundingClientRect();
    if (box) shown.value = { id, text, left: box.left, top: box.bottom };
  };
  const hide = () => {
    if (shown.value?.id === id) shown.value = undefined;
  };
  return (
    <span
      ref={element}
      class="explained"
      tabIndex={0}
      aria-describedby={shown.value?.id === id ? id : undefined}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => event.key === "Escape" && hide()}
    >
      {children}
    </span>
  );
}

/** The container for tooltips: above everything else, so that nothing clips them. */
export function TooltipLayer() {
  if (!shown.value) return null;
  const { id, text, left, top } = shown.value;
  return (
    <div
      id={id}
      role="tooltip"
      class="tooltip"
      style={{ left: `min(${left}px, 100vw - 21rem)`, top: `min(${top + 4}px, 100vh - 6rem)` }}
    >
      {text}
    </div>
  );
}
