import type { ReportFault } from "../fault_report.ts";
import type { Guard } from "../guard.ts";
import type { BodyDecoder } from "../decode/body_decoder.ts";
import type { Store } from "../store/store.ts";
import { type Admission, DEFAULT_MAX_PENDING_BYTES } from "./admission.ts";
import type { ExportSink } from "./export_draft.ts";

/** Options of the receivers of both transports. */
export interface ReceiverOptions {
  store: Pick<Store, "add">;
  /** Shared, too. */
  decoder: Pick<BodyDecoder, "decode">;
  /** Shared by all receivers of a store. */
  admission: Admission;
  /** Receives every request, including rejected ones. */
  exports: ExportSink;
  /** Decides who may send. */
  guard: Guard;
  /** The maximum size of a body, compressed or not; default: 64 MiB. */
  maxBodyBytes?: number;
  /** Called with errors that senders didn't cause. */
  reportFault?: ReportFault;
  /** The port of the other transport, for senders that use the wrong one. */
  otherPort?: () => number;
}

/** A store has room for this many bodies of maximum size; half of one may wait. */
const MIN_BODIES = 4;
/** An exporter's requests are shorter than this. */
const MIN_BODY_BYTES = 4 * 1024 * 1024;

/** The maximum size of a body for a store of this size, and how many bytes of bodies may wait. */
export function limitsOf(
  { maxBytes }: { maxBytes: number },
): { maxBodyBytes: number; maxPendingBytes: number } {
  const share = Math.max(MIN_BODY_BYTES, Math.floor(maxBytes / MIN_BODIES));
  return {
    maxBodyBytes: Math.min(DEFAULT_MAX_BODY_BYTES, share),
    maxPendingBytes: Math.min(DEFAULT_MAX_PENDING_BYTES, share / 2),
  };
}

/** The default maximum size of a body: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024 * 1024;
