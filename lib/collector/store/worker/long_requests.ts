import { LARGE_BYTES } from "../../../large_bytes.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import { checkInSlices } from "../scan/sliced_check.ts";
import type { AddRequest } from "./store_calls.ts";

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

/** Checks the long ones of some requests, and lets others be answered meanwhile. */
export async function checkLongRequests(requests: AddRequest[]): Promise<CheckedRequest[]> {
  const checked: CheckedRequest[] = [];
  for (const request of requests) {
    checked.push(isLong(request.bytes) ? await checkRequest(request) : request);
  }
  return checked;
}

async function checkRequest(request: AddRequest): Promise<CheckedRequest> {
  try {
    await checkInSlices(request.signal, request.bytes);
    return { ...request, isChecked: true };
  } catch (fault) {
    if (!(fault instanceof MalformedError)) throw fault;
    return { ...request, fault };
  }
}
