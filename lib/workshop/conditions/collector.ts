import { readHealth, readOwnMetrics } from "../backends/collector.ts";
import type { CollectorCheck } from "../course/check.ts";
import { besides, growth, ownSpansSince } from "./growth.ts";
import {
  type CheckContext,
  type Finding,
  type Look,
  met,
  notMet,
  type Reading,
} from "./outcome.ts";

/** What a Collector receives, as its own metrics call it. */
type Accepted = NonNullable<CollectorCheck["accepted"]>;

/** Checks the Collector's health, and how much it has accepted since the step began. */
export const lookAtCollector: Look<CollectorCheck> = async (check, context, conditionId) => {
  const { health, accepted } = check;
  let finding: Finding = met({ text: "the Collector responds" });
  if (health) {
    const status = await readHealth(context.backends.healthUrl);
    if (status !== 200) {
      return notMet("unhealthy", `the Collector's health check responds with ${status}`);
    }
    finding = met({ status, text: "the Collector is healthy" });
  }
  if (accepted === undefined) return finding;
  const series = seriesOf(accepted);
  const reading = await readAccepted(accepted, context);
  const value = reading[series]!;
  const { before, more: all } = growth(reading, context, conditionId);
  const own = accepted === "spans" ? await ownSpansSince(context) : 0;
  const more = all - own;
  const items = accepted.replace("_", " ");
  if (more <= 0) {
    return notMet(
      "not-grown",
      `the Collector has accepted ${value} ${items}, but none since the step began${besides(own)}`,
    );
  }
  return met({
    series,
    text: `the Collector has accepted ${more} ${items} (${before} to ${value}${besides(own)})`,
  });
};

/** How much the Collector has accepted so far, from all senders. */
export async function readAccepted(
  accepted: Accepted,
  { backends }: Pick<CheckContext, "backends">,
): Promise<Reading> {
  const series = seriesOf(accepted);
  return { [series]: (await readOwnMetrics(backends.ownMetricsUrl))(series) };
}

function seriesOf(accepted: Accepted): string {
  return `otelcol_receiver_accepted_${accepted}`;
}
