import { computed } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { TracesView } from "./views/traces/traces_view.tsx";

/** A part of the page that the navigation leads to. */
export interface View {
  /** Everything below it belongs to the view, too. */
  path: string;
  label: string;
  component: FunctionComponent;
  /** Left out while it returns false; it may read signals. */
  isShown?: () => boolean;
}

/** In the order of the navigation; `/` is the first one that is shown. */
const VIEWS: readonly View[] = [
  { path: "/traces", label: "Traces", component: TracesView },
];

/** The views that this collector has. */
export const shownViews = computed(() => VIEWS.filter(({ isShown }) => isShown?.() ?? true));
