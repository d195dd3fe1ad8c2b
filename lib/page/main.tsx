import { render } from "preact";
import { fetchPresence } from "./api.ts";
import { App } from "./app.tsx";
import { TooltipLayer } from "./components/tooltip.tsx";
import { startGuide } from "./state/guide.ts";
import { startLive } from "./state/live.ts";
import { modes } from "./state/modes.ts";
import { startRouter } from "./state/place.ts";
import { savedLooks } from "./state/service_colors.ts";
import { startTheme } from "./state/theme.ts";
import { readSnapshot } from "./state/snapshot_data.ts";
import { SnapshotView } from "./views/trace/snapshot_view.tsx";

const snapshot = readSnapshot();
const root = document.getElementById("page")!;

startTheme();
startRouter(snapshot && `/traces/${snapshot.summary.traceId}`);
if (snapshot) {
  savedLooks.value = snapshot.looks;
  render(
    <>
      <SnapshotView trace={snapshot} />
      <TooltipLayer />
    </>,
    root,
  );
} else {
  startLive();
  // Without an answer, the page has one view less; connection problems are shown elsewhere.
  const presence = await fetchPresence().catch(() => undefined);
  modes.value = presence?.compare?.modes ?? [];
  startGuide(presence?.guide ?? undefined);
  render(<App />, root);
}
