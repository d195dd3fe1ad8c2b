import { mediaType } from "../../otlp/content_type.ts";
import { reasonOf } from "./answer.ts";
import type { HttpAnswer } from "./http_connection.ts";
import { RETRYABLE_HTTP_STATUS, TransportError } from "./transport.ts";

/** Web servers and captive portals send such pages to anyone; parsed as protobuf, a page could be anything. */
const PAGE_TYPES: ReadonlySet<string> = new Set(["text/html", "application/xhtml+xml"]);

/** @throws {TransportError} If the response is not a success, is incomplete, or is a web page. */
export function assertAccepted(answer: HttpAnswer): void {
  const { status, headers, cut } = answer;
  if (status < 200 || status >= 300) throw refusal(answer);
  if (cut) throw cut;
  if (PAGE_TYPES.has(mediaType(headers.get("content-type")))) {
    throw uselessSuccess(answer, "with a web page");
  }
}

/** The error if the status is a success but the rest shows that nothing accepted the request. */
export function uselessSuccess(
  { status, statusText }: HttpAnswer,
  butHow: string,
): TransportError {
  const what = `the server answered ${status} ${statusText}`.trimEnd();
  return new TransportError(`${what}, but ${butHow}`, {
    retryable: false,
    answered: true,
    httpStatus: status,
  });
}

/** A rejection counts even if the rest of the response is lost. */
function refusal({ status, statusText, headers, body }: HttpAnswer): TransportError {
  const reason = reasonOf(body, headers.get("content-type"));
  const what = `the server answered ${status} ${statusText}`.trimEnd();
  return new TransportError(reason && reason !== statusText ? `${what}: ${reason}` : what, {
    retryable: RETRYABLE_HTTP_STATUS.has(status),
    answered: true,
    httpStatus: status,
    retryAfterMillis: parseRetryAfter(headers.get("retry-after")),
  });
}

/**
 * Retry-After is a number of seconds or a date, which begins with the name of a day. Anything else is ignored,
 * although `Date.parse` would read many numbers as a year.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const millis = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) - Date.now() : NaN;
  return Number.isNaN(millis) ? undefined : Math.max(millis, 0);
}
