import { effect, signal } from "@preact/signals";
import { readStored, writeStored } from "./stored.ts";

/** `system` follows the system's setting. */
export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const NAME = "theme";

/** The theme of the page; remembered in this browser. */
export const theme = signal<Theme>("system");

/** Restores the theme, and applies every change. */
export function startTheme(): void {
  theme.value = THEMES.find((name) => name === readStored(NAME)) ?? "system";
  effect(() => {
    const { value } = theme;
    if (value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    writeStored(NAME, value === "system" ? undefined : value);
  });
}
