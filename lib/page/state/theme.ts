import { effect, signal } from "@preact/signals";

/** `system` follows the system's setting. */
export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const KEY = "otel-kit.theme";

/** How the page looks; kept in this browser. */
export const theme = signal<Theme>("system");

/** Reads what was kept, and applies every change. */
export function startTheme(): void {
  theme.value = readTheme();
  effect(() => {
    const { value } = theme;
    if (value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    writeTheme(value);
  });
}

function readTheme(): Theme {
  try {
    return THEMES.find((name) => name === localStorage.getItem(KEY)) ?? "system";
  } catch {
    // Storage may be forbidden, and is for files in some browsers: then nothing is kept.
    return "system";
  }
}

function writeTheme(value: Theme): void {
  try {
    if (value === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, value);
  } catch {
    // As above.
  }
}
