import { messageOf } from "../../error_message.ts";
import { missingServiceName } from "../hints/service_name_missing.ts";
import type { PartialSuccess } from "../../otlp/export_response.ts";
import type { Signal } from "../../otlp/signal.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { type Store, StoreUnavailableError } from "../store/store.ts";
import type { Reservation } from "./admission.ts";
import type { ExportDraft } from "./export_draft.ts";
import { overloaded } from "./refused_error.ts";

const ITEMS = { traces: "spans", metrics: "data points", logs: "log records" } as const;

/** A request whose body has arrived and is inflated. */
export interface ReceivedExport {
  signal: Signal;
  /** In protobuf. */
  body: Uint8Array<ArrayBuffer>;
  /** What was left out of the body before, and why. */
  leftOut?: { rejected: number; message?: string };
  /** Given back as soon as the store has the bytes. */
  reservation: Reservation;
  /** Is completed with what became of the request. */
  draft: ExportDraft;
}

/**
 * Stores a request, whatever it came over; resolves when it can be queried.
 *
 * @throws {MalformedError} If it is no export request of its signal.
 * @throws {RefusedError} If the store cannot take it.
 */
export async function receiveExport(
  store: Pick<Store, "add">,
  { signal, body, leftOut = { rejected: 0 }, reservation, draft }: ReceivedExport,
): Promise<PartialSuccess> {
  const adding = store.add(signal, body);
  reservation[Symbol.dispose]();
  const { accepted, rejected, duplicated, serviceNames, message } = await adding.catch(notStored);
  const outcome = {
    rejected: leftOut.rejected + rejected,
    message: [describeLeftOut(signal, leftOut), message].filter(Boolean).join("; "),
  };
  Object.assign(draft, { accepted, rejected: outcome.rejected, duplicated, serviceNames });
  if (outcome.message) draft.reason = outcome.message;
  const hint = missingServiceName(serviceNames);
  if (hint) draft.hints.push(hint);
  return outcome;
}

/** A disk that is full, a store that is being closed or has failed: later it may be taken. */
export function notStored(error: unknown): never {
  if (error instanceof MalformedError) throw error;
  // Its failure was told when it happened.
  if (error instanceof StoreUnavailableError) throw overloaded(error.message);
  throw overloaded(
    `it cannot be stored (${messageOf(error)})`,
    error,
  );
}

function describeLeftOut(
  signal: Signal,
  { rejected, message }: { rejected: number; message?: string },
): string | undefined {
  return rejected > 0 ? `${rejected} ${ITEMS[signal]} left out: ${message}` : undefined;
}
