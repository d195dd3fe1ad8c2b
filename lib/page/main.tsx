import { render } from "preact";
import { App } from "./app.tsx";
import { startLive } from "./state/live.ts";
import { startRouter } from "./state/place.ts";
import { startTheme } from "./state/theme.ts";

startTheme();
startRouter();
startLive();
render(<App />, document.getElementById("page")!);
