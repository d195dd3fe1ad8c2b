import type { ReportFault } from "../fault_report.ts";
import type { Guard } from "../guard.ts";
import type { BodyDecoder } from "../decode/body_decoder.ts";
import type { Store } from "../store/store.ts";
import { type Admission, DEFAULT_MAX_PENDING_BYTES } from "./admission.ts";
import type { ExportSink } from "./export_draft.ts";

/** What receivers of both transports need. */
export interface ReceiverOptions {
  store: Pick<Store, "add">;
  /** Shared, too. */
  decoder: Pick<BodyDecoder, "decode">;
  /** Shared by all receivers of a store. */
  admission: Admission;
  /** Is told of every request, refused ones too. */
  exports: ExportSink;
  /** Who may send. */
  guard: Guard;
  /** The longest body, compressed or not; 64 MiB unless given. */
  maxBodyBytes?: number;
  /** Is told of what is no fault of a sender. */
  reportFault?: ReportFault;
  /** The port of the other transport, for those who mistake one for the other. */
  otherPort?: () => number;
}

/** A store has room for so many of the longest bodies; half of one may wait. */
const MIN_BODIES = 4;
/** An exporter's requests are shorter. */
const MIN_BODY_BYTES = 4 * 1024 * 1024;

/** How long a body may be for a store of so many bytes, and how many bytes of them may wait. */
export function limitsOf(
  { maxBytes }: { maxBytes: number },
): { maxBodyBytes: number; maxPendingBytes: number } {
  const share = Math.max(MIN_BODY_BYTES, Math.floor(maxBytes / MIN_BODIES));
  return {
    maxBodyBytes: Math.min(DEFAULT_MAX_BODY_BYTES, share),
    maxPendingBytes: Math.min(DEFAULT_MAX_PENDING_BYTES, share / 2),
  };
}

/** The longest body unless told otherwise: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024 * 1024;
