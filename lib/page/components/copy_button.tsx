import { useSignal } from "@preact/signals";
import { copyText } from "../state/clipboard.ts";

const SAID_MS = 1_500;

/** Copies a text, and confirms it for a moment. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const said = useSignal("");
  return (
    <button
      type="button"
      class="button small"
      onClick={async () => {
        said.value = await copyText(text) ? "Copied" : "Press Ctrl+C to copy";
        setTimeout(() => said.value = "", SAID_MS);
      }}
    >
      <span aria-live="polite">{said.value || label}</span>
    </button>
  );
}
