import { render } from "preact";
import { App } from "./app.tsx";
import { TooltipLayer } from "./components/tooltip.tsx";
import { startGuide } from "./state/guide.ts";
import { startLive } from "./state/live.ts";
import { loadModes } from "./state/modes.ts";
import { startRouter } from "./state/place.ts";
import { startTheme } from "./state/theme.ts";
import { readSnapshot } from "./state/snapshot_data.ts";
import { SnapshotView } from "./views/trace/snapshot_view.tsx";

const snapshot = readSnapshot();
const root = document.getElementById("page")!;

startTheme();
startRouter(snapshot && `/traces/${snapshot.summary.traceId}`);
if (snapshot) {
  render(
    <>
      <SnapshotView trace={snapshot} />
      <TooltipLayer />
    </>,
    root,
  );
} else {
  startLive();
  await Promise.all([loadModes(), startGuide()]);
  render(<App />, root);
}
