import type { HonoRequest } from "hono";
import { messageOf } from "../../error_message.ts";
import { readShortBody } from "../short_body.ts";
import { readDuration } from "./promql/literals.ts";
import { MAX_STEPS } from "./promql/limits.ts";
import { QueryError, type Steps } from "./promql/values.ts";

/** Enough for the longest query with every character escaped. */
const MAX_FORM_BYTES = 128 * 1024;

/**
 * Reads the parameters of a request. Form parameters come before those in the URL.
 *
 * @throws {QueryError} If the body is not a form, whatever its media type.
 * @throws {LongBodyError} If the body is longer than any query's form.
 */
export async function readParameters(req: HonoRequest): Promise<URLSearchParams> {
  const parameters = new URL(req.url).searchParams;
  if (req.method !== "POST") return parameters;
  const body = await readShortBody(req.raw, MAX_FORM_BYTES);
  const type = req.header("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    return parameters;
  }
  try {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    for (const name of new Set(form.keys())) parameters.delete(name);
    for (const [name, value] of form) {
      if (typeof value === "string") parameters.append(name, value);
    }
    return parameters;
  } catch (error) {
    throw new QueryError("bad_data", `Cannot read the form: ${messageOf(error)}`, { cause: error });
  }
}

/** The last value of a parameter; empty if it is not set. */
export function lastOf(parameters: URLSearchParams, name: string): string {
  return parameters.getAll(name).at(-1) ?? "";
}

/**
 * Reads a time, given in seconds or in RFC 3339 format, and returns milliseconds since 1970.
 *
 * @throws {QueryError} If it is in neither format.
 */
export function readTime(parameters: URLSearchParams, name: string, fallback: number): number {
  const text = lastOf(parameters, name);
  if (text === "") return fallback;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.round(seconds * 1000);
  const millis = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/i.test(text) ? Date.parse(text) : NaN;
  if (Number.isFinite(millis)) return millis;
  throw bad(`invalid parameter "${name}": cannot parse "${text}" to a valid timestamp`);
}

/**
 * Reads how many items may be returned; Infinity if it is not set, or 0.
 *
 * @throws {QueryError} If it is not a whole number.
 */
export function readLimit(parameters: URLSearchParams, name: string): number {
  const text = lastOf(parameters, name);
  if (text === "") return Infinity;
  if (!/^\d{1,15}$/.test(text)) {
    throw bad(`invalid parameter "${name}": cannot parse "${text}" to a whole number`);
  }
  return Number(text) || Infinity;
}

/**
 * Refuses what would change the answer of a query and is not supported.
 *
 * @throws {QueryError} If it is set, or the timeout is invalid.
 */
export function refuseOptions(parameters: URLSearchParams): void {
  const timeout = lastOf(parameters, "timeout");
  if (timeout !== "" && readDuration(timeout) === undefined) {
    throw bad(`invalid parameter "timeout": cannot parse "${timeout}" to a valid duration`);
  }
  if (lastOf(parameters, "lookback_delta") === "") return;
  throw bad('Cannot use parameter "lookback_delta": this collector always looks back five minutes');
}

/**
 * Reads the steps of a range query.
 *
 * @throws {QueryError} If a parameter is missing or invalid, or there are too many steps.
 */
export function readSteps(parameters: URLSearchParams): { steps: Steps; end: number } {
  for (const name of ["start", "end", "step"]) {
    if (lastOf(parameters, name) === "") throw bad(`invalid parameter "${name}": it is missing`);
  }
  const start = readTime(parameters, "start", 0);
  const end = readTime(parameters, "end", 0);
  if (end < start) {
    throw bad(`invalid parameter "end": end timestamp must not be before start time`);
  }
  const text = lastOf(parameters, "step");
  const step = readDuration(text);
  if (step === undefined) {
    throw bad(`invalid parameter "step": cannot parse "${text}" to a valid duration`);
  }
  if (!(step > 0)) {
    throw bad(
      "zero or negative query resolution step widths are not accepted. Try a positive integer",
    );
  }
  const count = Math.floor((end - start) / step) + 1;
  if (count > MAX_STEPS + 1) {
    throw bad(
      `exceeded maximum resolution of ${MAX_STEPS.toLocaleString("en")} points per timeseries. ` +
        "Try decreasing the query resolution (?step=XX)",
    );
  }
  return { steps: { start, step, count }, end };
}

function bad(message: string): QueryError {
  return new QueryError("bad_data", message);
}
