import { UnreachableError } from "../backends/ask.ts";
import { asCalled } from "../course/fill_in.ts";
import { appRung } from "./app.ts";
import { collectorExporterRung } from "./collector_exporter.ts";
import { exporterRung } from "./exporter.ts";
import { receiverRung } from "./receiver.ts";
import { serviceNameRung } from "./service_name.ts";
import { sourceRungs } from "./source_rungs.ts";
import { broken, type Climb, type Rung } from "./rung.ts";

const STEPS = [
  appRung,
  receiverRung,
  collectorExporterRung,
  serviceNameRung,
  sourceRungs,
  exporterRung,
];

/**
 * Follows the telemetry from the app to the backend, up to the first broken link. Checks the receiver
 * before the app's exporter, because the exporter can't send without it.
 */
export async function climb(way: Climb): Promise<Rung[]> {
  const rungs: Rung[] = [];
  for (const step of way.isLocal ? [appRung] : STEPS) {
    if (way.signal?.aborted) break;
    for (const { found, fix, ...rung } of await stepOn(step, way)) {
      const { command } = way;
      rungs.push({ ...rung, found: asCalled(found, command), fix: asCalled(fix, command) });
      if (!rung.isWhole) return rungs;
    }
  }
  return rungs;
}

async function stepOn(step: (way: Climb) => Promise<Rung[]>, way: Climb): Promise<Rung[]> {
  try {
    return await step(way);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return [broken("backend", error.message, "Start it, or set its address: see guide --help.")];
  }
}
