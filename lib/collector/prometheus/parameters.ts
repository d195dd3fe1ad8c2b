import type { HonoRequest } from "hono";
import { messageOf } from "../../error_message.ts";
import { readShortBody } from "../short_body.ts";
import { readDuration } from "./promql/literals.ts";
import { MAX_STEPS } from "./promql/limits.ts";
import { QueryError, type Steps } from "./promql/values.ts";

/** Enough for the longest query with all of its characters escaped. */
const MAX_FORM_BYTES = 128 * 1024;

/**
 * The parameters of a request: those of a form come before those in the address.
 *
 * @throws {QueryError} If the body is not a form, whatever its media type.
 * @throws {LongBodyError} If it is longer than the form of any query.
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

/** The last of a parameter's values; empty if there is none. */
export function lastOf(parameters: URLSearchParams, name: string): string {
  return parameters.getAll(name).at(-1) ?? "";
}

/**
 * A time in milliseconds since 1970, written in seconds or by RFC 3339.
 *
 * @throws {QueryError} If it is neither.
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
 * The steps of a range query.
 *
 * @throws {QueryError} If a parameter is missing or wrong, or there would be too many steps.
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
  if (count > MAX_STEPS) {
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
