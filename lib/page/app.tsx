import { EmptyState } from "./components/messages.tsx";
import { TooltipLayer } from "./components/tooltip.tsx";
import { GuidePanel } from "./guide/guide_panel.tsx";
import { ConnectionBanner, Header } from "./header.tsx";
import { usePastedTrace } from "./state/pasted_trace.ts";
import { place } from "./state/place.ts";
import { useTitle } from "./state/title.ts";
import { GUIDE_VIEW, shownViews, type View } from "./views.ts";

/** The page: its header, the current view, and the guide if one is running. */
export function App() {
  usePastedTrace();
  return (
    <>
      <a class="skip" href="#main">Skip to the content</a>
      <Header />
      <ConnectionBanner />
      <div class="stage">
        <GuidePanel />
        <div class="stage-view">
          <main id="main" tabIndex={-1}>
            <CurrentView />
          </main>
        </div>
      </div>
      <TooltipLayer />
    </>
  );
}

function CurrentView() {
  const { path } = place.value;
  const views = shownViews.value;
  const view = path === "/"
    ? views[0]
    : [...views, GUIDE_VIEW].find((view) => path === view.path || path.startsWith(`${view.path}/`));
  if (!view) {
    return (
      <EmptyState title="Page not found">
        <p>Choose a view in the navigation.</p>
      </EmptyState>
    );
  }
  return <Shown view={view} />;
}

function Shown({ view: { component: Component, label } }: { view: View }) {
  useTitle(label);
  return <Component />;
}
