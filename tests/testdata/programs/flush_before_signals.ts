/** Loaded before a program, as the launcher's own preload would be. */
import { flushBeforeSignals } from "../../../lib/launcher/deno/preload/ending.ts";

flushBeforeSignals();
