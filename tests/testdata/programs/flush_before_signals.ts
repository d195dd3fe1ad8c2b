/** Is loaded in front of a program, as the launcher's own part in it. */
import { flushBeforeSignals } from "../../../lib/launcher/deno/preload/ending.ts";

flushBeforeSignals();
