import { CONTENT_TYPES } from "../../otlp/content_type.ts";
import { gzipped, HttpConnection, mergeHeaders } from "./http_connection.ts";
import { reasonOf } from "./answer.ts";
import { readTlsFiles } from "./tls_files.ts";
import { type OtlpTransport, RETRYABLE_HTTP_STATUS, TransportError } from "./transport.ts";
import { bodyEncoding, type OtlpTarget } from "./target.ts";

/**
 * OTLP over HTTP: one POST a batch.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export function createHttpTransport(target: OtlpTarget): OtlpTransport {
  const { url, protocol, compression } = target;
  const connection = new HttpConnection(readTlsFiles(target));
  const headers = mergeHeaders(target.headers, {
    "content-type": CONTENT_TYPES[bodyEncoding(protocol)],
    ...compression === "gzip" && { "content-encoding": "gzip" },
  });

  return {
    async send(body, timeoutMillis) {
      const payload = compression === "gzip" ? await gzipped(body) : body;
      const answer = await connection.post({ url, headers, body: payload, timeoutMillis });
      // Accepted is accepted, and refused refused, even if the rest of the answer is lost.
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      const reason = reasonOf(answer.body, answer.headers.get("content-type"));
      const status = `the server answered ${answer.status} ${answer.statusText}`.trimEnd();
      throw new TransportError(
        reason && reason !== answer.statusText ? `${status}: ${reason}` : status,
        {
          retryable: RETRYABLE_HTTP_STATUS.has(answer.status),
          answered: true,
          httpStatus: answer.status,
          retryAfterMillis: parseRetryAfter(answer.headers.get("retry-after")),
        },
      );
    },
    shutdown: () => connection.close(),
  };
}

/**
 * Retry-After is seconds or a date, which begins with the name of a day. Anything else says nothing,
 * though `Date.parse` would make a year of many a number.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const millis = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) - Date.now() : NaN;
  return Number.isNaN(millis) ? undefined : Math.max(millis, 0);
}
