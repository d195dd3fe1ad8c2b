import { messageOf } from "../../error_message.ts";
import type { EncodedBody } from "../decode/decode_calls.ts";
import { claimedBytesOf, InflatedTooLargeError } from "../decode/gunzip.ts";
import { missingServiceName } from "../hints/service_name_missing.ts";
import type { PartialSuccess } from "../../otlp/export_response.ts";
import type { DocumentPart } from "../../otlp/json_request.ts";
import { itemCount, type Signal } from "../../otlp/signal.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { DatabaseError } from "../store/database_error.ts";
import { StoreUnavailableError } from "../store/store.ts";
import type { Reservation } from "./admission.ts";
import type { ExportDraft } from "./export_draft.ts";
import type { ReceiverOptions } from "./receiver_options.ts";
import { damaged, overloaded, tooLarge } from "./refused_error.ts";

/** A request whose body has arrived. */
export interface ReceivedExport extends EncodedBody {
  signal: Signal;
  /** Handed over as soon as the store has the bytes. */
  reservation: Reservation;
  /** Is completed with what became of the request. */
  draft: ExportDraft;
}

/**
 * Decodes and stores a request, whatever it came over; resolves when it can be queried.
 *
 * @throws {MalformedError} If it is no export request of its signal.
 * @throws {RefusedError} If it inflates to more than it may, or the store cannot take it.
 */
export async function receiveExport(
  { store, decoder }: Pick<ReceiverOptions, "store" | "decoder">,
  { reservation, draft, ...encoded }: ReceivedExport,
): Promise<PartialSuccess> {
  const { signal, bytes, isGzip, limitBytes } = encoded;
  const claimedBytes = isGzip ? claimedBytesOf(bytes) : 0;
  if (claimedBytes <= limitBytes) await reservation.add(claimedBytes);
  const { bodyBytes, parts: [part] } = await decoder.decode(encoded).catch((error) => {
    throw error instanceof InflatedTooLargeError ? tooLarge(limitBytes) : notTaken(error);
  });
  draft.bodyBytes = bodyBytes;
  const { body, ...leftOut } = part!;
  reservation.set(body.length);
  const adding = store.add(signal, body);
  reservation.handOver();
  const { accepted, rejected, duplicated, serviceNames, message } = await adding.catch((error) => {
    throw notTaken(error);
  });
  const outcome = {
    rejected: leftOut.rejected + rejected,
    message: [describeLeftOut(leftOut), message].filter(Boolean).join("; "),
  };
  Object.assign(draft, { accepted, rejected: outcome.rejected, duplicated, serviceNames });
  if (outcome.message) draft.reason = outcome.message;
  const hint = missingServiceName(serviceNames);
  if (hint) draft.hints.push(hint);
  return outcome;
}

/**
 * A disk that is full, a store or decoder that is being closed or has failed: later it may be taken. Not
 * so if the database is damaged.
 */
function notTaken(error: unknown): Error {
  if (error instanceof MalformedError) return error;
  // Its failure was told when it happened.
  if (error instanceof StoreUnavailableError) return overloaded(error.message);
  if (!(error instanceof DatabaseError)) {
    return overloaded(`it cannot be stored (${messageOf(error)})`, error);
  }
  if (error.trouble === "damaged") return damaged(error);
  return overloaded(`it cannot be stored in the database (${error.reason})`, error);
}

function describeLeftOut(
  { signal, rejected, message }: Pick<DocumentPart, "signal" | "rejected" | "message">,
): string | undefined {
  return rejected > 0 ? `${itemCount(rejected, signal)} rejected: ${message}` : undefined;
}
