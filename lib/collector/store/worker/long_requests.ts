import { LARGE_BYTES } from "../../../large_bytes.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import { TimeSlice } from "../../time_slice.ts";
import { cutRequest } from "../scan/cut_request.ts";
import { checkInSlices } from "../scan/sliced_check.ts";
import { JoinedResult } from "./joined_result.ts";
import type { AddOutcome, AddRequest } from "./store_calls.ts";

/** A request, with the outcome of checking it before it is stored. */
export interface CheckedRequest extends AddRequest {
  /** Whether all of it was checked and is valid. */
  isChecked?: boolean;
  /** What is wrong with it. */
  fault?: MalformedError;
}

/** Whether a request may take so long that others should not have to wait for it. */
export function isLong({ byteLength }: Uint8Array): boolean {
  return byteLength >= LARGE_BYTES;
}

/**
 * Stores a request. A long one is checked, cut and stored part by part, and other work is done in
 * between.
 *
 * @param take Stores a part. If it throws, the rest is abandoned.
 */
export async function takeLongRequest(
  request: AddRequest,
  take: (part: CheckedRequest, isLast?: boolean) => AddOutcome,
): Promise<AddOutcome> {
  if (!isLong(request.bytes)) return take(request);
  const slice = new TimeSlice();
  const fault = await findFault(request, slice);
  if (fault) return take({ ...request, fault });
  const parts = await cutRequest(request.signal, request.bytes, async () => {
    if (slice.isOver) await slice.pause();
  });
  if (parts.length === 1) return take({ ...request, isChecked: true });
  const joined = new JoinedResult(request.returnsKept);
  for (const [i, bytes] of parts.entries()) {
    await slice.pause();
    const copy = request.returnsKept ? bytes.slice() : undefined;
    const outcome = take({ ...request, bytes, isChecked: true }, i === parts.length - 1);
    if ("error" in outcome) return outcome;
    joined.add(outcome.result, copy);
  }
  return { result: joined.finish() };
}

async function findFault(
  { signal, bytes }: AddRequest,
  slice: TimeSlice,
): Promise<MalformedError | undefined> {
  try {
    await checkInSlices(signal, bytes, slice);
    return undefined;
  } catch (fault) {
    if (fault instanceof MalformedError) return fault;
    throw fault;
  }
}
