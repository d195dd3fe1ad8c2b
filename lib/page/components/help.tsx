import { Dialog } from "./dialog.tsx";

/** Keyboard shortcuts, by context. */
const SHORTCUTS: readonly [where: string, keys: readonly [keys: string, does: string][]][] = [
  ["Everywhere", [
    ["?", "show this help"],
    ["g", "open or close the workshop's guide, where it runs"],
    ["1  2  3 …", "go to the first, second, third … view"],
    ["Esc", "close, or go back to the list"],
  ]],
  ["Lists", [
    ["j  k  ↓  ↑", "next, previous row"],
    ["Home  End", "first, last row"],
    ["Enter", "open the row"],
    ["x", "pick a trace to compare it with another one"],
    ["/", "go to the filter"],
    ["p", "pause, resume"],
  ]],
  ["Charts", [
    ["←  →  ↑  ↓", "from trace to trace, bar to bar, or time to time"],
    ["Shift ←  Shift →", "select"],
    ["Enter", "open, or apply the selection"],
  ]],
  ["One trace", [
    ["j  k  ↓  ↑", "next, previous span"],
    ["→  ←", "expand or go in, collapse or go out"],
    ["*", "expand or collapse everything"],
    ["Enter", "show the span's details, or unfold equal spans"],
    ["/  n  N", "find in the trace, next, previous match"],
    ["e  E", "next, previous error"],
    ["+  -  0", "zoom in, out, show the whole time"],
    ["z", "zoom to the span"],
    ["h  l", "move the visible time"],
  ]],
];

/** The dialog that explains the keyboard. */
export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keyboard" isOpen={isOpen} onClose={onClose}>
      {SHORTCUTS.map(([where, keys]) => (
        <section key={where}>
          <h3>{where}</h3>
          <dl class="shortcuts">
            {keys.map(([names, does]) => (
              <div key={names}>
                <dt>{names.split("  ").map((name) => <kbd key={name}>{name}</kbd>)}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
