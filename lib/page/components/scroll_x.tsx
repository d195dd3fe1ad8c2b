import type { ComponentChildren } from "preact";

/** A wide element that scrolls in its container, also with the arrow keys. */
export function ScrollX({ label, children }: { label: string; children: ComponentChildren }) {
  return <div class="scroll-x" role="region" aria-label={label} tabIndex={0}>{children}</div>;
}
