/** Copies a text; false if the browser doesn't allow that. */
export async function copyText(text: string): Promise<boolean> {
  // On pages from another machine over plain HTTP, browsers disable the clipboard.
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
