import { useSignal } from "@preact/signals";

const SAID_MS = 1_500;

/** Copies a text, and says for a moment that it did. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const said = useSignal("");
  return (
    <button
      type="button"
      class="button small"
      onClick={async () => {
        said.value = await copy(text) ? "Copied" : "Press Ctrl+C to copy";
        setTimeout(() => said.value = "", SAID_MS);
      }}
    >
      <span aria-live="polite">{said.value || label}</span>
    </button>
  );
}

async function copy(text: string): Promise<boolean> {
  // Browsers keep the clipboard from pages that come over plain HTTP from another machine.
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
