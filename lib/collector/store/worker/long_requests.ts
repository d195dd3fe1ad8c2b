import { LARGE_BYTES } from "../../../large_bytes.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import { TimeSlice } from "../../time_slice.ts";
import { cutRequest } from "../scan/cut_request.ts";
import { checkInSlices } from "../scan/sliced_check.ts";
import { JoinedResult } from "./joined_result.ts";
import type { AddOutcome, AddRequest } from "./store_calls.ts";

/** A request, and what was found out about it before it is taken. */
export interface CheckedRequest extends AddRequest {
  /** Whether it was checked from start to end, and is well. */
  isChecked?: boolean;
  /** What is wrong with it. */
  fault?: MalformedError;
}

/** Whether a request may take so long that others must not wait until it is done. */
export function isLong({ byteLength }: Uint8Array): boolean {
  return byteLength >= LARGE_BYTES;
}

/**
 * Takes a request. A long one is checked from start to end, cut, and taken part by part, and others are
 * handled meanwhile.
 *
 * @param take Takes a part. What it throws ends all, and parts that were taken stay.
 */
export async function takeLongRequest(
  request: AddRequest,
  take: (part: CheckedRequest) => AddOutcome,
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
  for (const bytes of parts) {
    await slice.pause();
    const copy = request.returnsKept ? bytes.slice() : undefined;
    const outcome = take({ ...request, bytes, isChecked: true });
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
