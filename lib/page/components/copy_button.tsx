import { useSignal } from "@preact/signals";

const SAID_MS = 1_500;

/** Copies a text, and confirms it for a moment. */
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
  // On pages from another machine over plain HTTP, browsers disable the clipboard.
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
