import { messageOf } from "../../error_message.ts";
import type { EncodedBody } from "../decode/decode_calls.ts";
import { claimedBytesOf } from "../decode/claimed_bytes.ts";
import { InflatedTooLargeError } from "../decode/inflate.ts";
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
  /** Disposed as soon as the store owns the bytes. */
  reservation: Reservation;
  /** Completed with the outcome of the request. */
  draft: ExportDraft;
}

/**
 * Decodes and stores a request from either transport; resolves when it can be queried.
 *
 * @throws {MalformedError} If it is not an export request of its signal.
 * @throws {RefusedError} If its decompressed size exceeds the limit, or the store can't accept it.
 */
export async function receiveExport(
  { store, decoder }: Pick<ReceiverOptions, "store" | "decoder">,
  { reservation, draft, ...encoded }: ReceivedExport,
): Promise<PartialSuccess> {
  const { signal, bytes, compression, limitBytes } = encoded;
  const claimedBytes = compression === "none" ? 0 : claimedBytesOf(bytes, compression);
  // For deflate, the claimed size is only an upper limit.
  const isTooLarge = claimedBytes > limitBytes && compression !== "deflate";
  if (!isTooLarge) await reservation.add(Math.min(claimedBytes, limitBytes));
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
  const isNothing = leftOut.rejected + accepted + rejected + duplicated === 0;
  const outcome = {
    rejected: leftOut.rejected + rejected,
    message: [
      describeLeftOut(leftOut),
      message,
      leftOut.misspelled ?? (isNothing ? leftOut.unknown : undefined),
    ].filter(Boolean).join("; "),
  };
  Object.assign(draft, { accepted, rejected: outcome.rejected, duplicated, serviceNames });
  if (outcome.message) draft.reason = outcome.message;
  const hint = missingServiceName(serviceNames);
  if (hint) draft.hints.push(hint);
  return outcome;
}

/**
 * Converts an error of the store or decoder to the sender's response. After a full disk, or while a store
 * or decoder is closing or has failed, a retry may succeed. If the database is damaged, it won't.
 */
function notTaken(error: unknown): Error {
  if (error instanceof MalformedError) return error;
  // The failure has already been reported.
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
