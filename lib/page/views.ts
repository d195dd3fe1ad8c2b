import { computed } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { modes } from "./state/modes.ts";
import { CompareView } from "./views/compare/compare_view.tsx";
import { guide } from "./state/guide.ts";
import { ExportsView } from "./views/exports/exports_view.tsx";
import { GuideView } from "./views/guide/guide_view.tsx";
import { LogsView } from "./views/logs/logs_view.tsx";
import { MetricsView } from "./views/metrics/metrics_view.tsx";
import { ServicesView } from "./views/services/services_view.tsx";
import { TracesView } from "./views/traces/traces_view.tsx";

/** An entry of the navigation. */
export interface View {
  /** All paths below it belong to the view, too. */
  path: string;
  label: string;
  component: FunctionComponent;
  /** The view is hidden while it returns false; it may read signals. */
  isShown?: () => boolean;
}

/** In the order of the navigation; `/` is the first visible one. */
const VIEWS: readonly View[] = [
  {
    path: "/compare",
    label: "Compare",
    component: CompareView,
    isShown: () => modes.value.length > 0,
  },
  { path: "/traces", label: "Traces", component: TracesView },
  { path: "/logs", label: "Logs", component: LogsView },
  { path: "/metrics", label: "Metrics", component: MetricsView },
  { path: "/services", label: "Services", component: ServicesView },
  { path: "/exports", label: "Exports", component: ExportsView },
];

/** Where the guide would be if one were running; then, it has a button. */
export const GUIDE_VIEW: View = {
  path: "/guide",
  label: "Guide",
  component: GuideView,
  isShown: () => guide.value === undefined,
};

/** The views of this collector. */
export const shownViews = computed(() => VIEWS.filter(({ isShown }) => isShown?.() ?? true));
