/** The page of a class: a bundle of its own, because it shows nothing that the collector's page does. */
import { render } from "preact";
import { ClassPage } from "./class/class_page.tsx";
import { startClass } from "./class/state.ts";
import { startTheme } from "./state/theme.ts";

startTheme();
startClass();
render(<ClassPage />, document.getElementById("page")!);
