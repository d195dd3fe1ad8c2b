/** The script of the tutorial's pages: the chosen colors, buttons that copy, answers that open. */
import { copyText } from "./state/clipboard.ts";
import { startTheme } from "./state/theme.ts";

const SAID_MS = 1_500;

startTheme();
for (const block of document.querySelectorAll<HTMLElement>("[data-copy]")) addCopyButton(block);
openTarget();
addEventListener("hashchange", openTarget);

/** Adds a button that copies the block's code. */
function addCopyButton(block: HTMLElement): void {
  const label = document.createElement("span");
  label.setAttribute("aria-live", "polite");
  label.textContent = "Copy";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.append(label);
  button.addEventListener("click", async () => {
    const isCopied = await copyText(block.querySelector("pre")?.textContent ?? "");
    label.textContent = isCopied ? "Copied" : "Press Ctrl+C to copy";
    setTimeout(() => label.textContent = "Copy", SAID_MS);
  });
  block.querySelector("figcaption")?.append(button);
}

/** Opens the answer that the address leads to. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.closest("details");
  if (!target || !details) return;
  details.open = true;
  target.scrollIntoView();
}
