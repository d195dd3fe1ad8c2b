import { render } from "preact";
import { App } from "./app.tsx";
import { startLive } from "./state/live.ts";
import { loadModes } from "./state/modes.ts";
import { startRouter } from "./state/place.ts";
import { startTheme } from "./state/theme.ts";

startTheme();
startRouter();
startLive();
await loadModes();
render(<App />, document.getElementById("page")!);
