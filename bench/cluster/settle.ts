import type { SentTrace } from "../../tests/helpers/traces.ts";
import { status } from "../report.ts";
import { findStored, type Stored } from "./stored.ts";
import type { Watch } from "./watch.ts";

/** If nothing has been stored for this long, nothing will: longer than any wait before a retry. */
const QUIET_SECONDS = 45;
/** The same once nothing has been stored for that long. */
const STILL_QUIET_SECONDS = 5;
/** The gateways' decision_wait, and a while for the batch. */
const COPIES_SECONDS = 12;
const POLL_MS = 1000;

/**
 * Waits until so many spans have been stored since an earlier count, or no more are. It doesn't query traces,
 * so that the servers' CPU time is that of storing.
 *
 * @returns Whether there are as many. Spans that are stored again count, so look at the traces, too.
 */
export async function allStored(watch: Watch, before: number, wanted: number): Promise<boolean> {
  return await comes(async () => await watch.stored() - before, wanted, QUIET_SECONDS);
}

/** Waits until no second copies come either, as from a gateway that decides once more. */
export async function copiesStored(watch: Watch): Promise<void> {
  await comes(() => watch.stored(), Infinity, COPIES_SECONDS);
}

/**
 * What can be read of the traces, once no more come.
 *
 * @param mayCome Whether more may be stored, because nobody has waited until then.
 */
export async function settled(
  queryUrl: string,
  wanted: readonly SentTrace[],
  mayCome: boolean,
): Promise<Stored> {
  let known: Stored | undefined;
  const count = async () => {
    known = await findStored(queryUrl, wanted, known);
    return known.whole.size;
  };
  await comes(count, wanted.length, mayCome ? QUIET_SECONDS : STILL_QUIET_SECONDS);
  return known!;
}

async function comes(
  count: () => Promise<number>,
  wanted: number,
  quietSeconds: number,
): Promise<boolean> {
  let last = -1;
  let since = Date.now();
  while (Date.now() - since < quietSeconds * 1000) {
    const current = await count();
    if (current >= wanted) return true;
    if (current > last) {
      if (wanted < Infinity) status(`  ${current} of ${wanted}`);
      since = Date.now();
    }
    last = current;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}
