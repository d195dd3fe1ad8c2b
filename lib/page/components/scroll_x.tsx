import type { ComponentChildren } from "preact";

/** Something wide that scrolls within its place; who has no mouse scrolls it with the arrow keys. */
export function ScrollX({ label, children }: { label: string; children: ComponentChildren }) {
  return <div class="scroll-x" role="region" aria-label={label} tabIndex={0}>{children}</div>;
}
