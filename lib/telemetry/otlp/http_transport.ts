import { CONTENT_TYPES, encodingOf } from "../../otlp/content_type.ts";
import { readAcceptance } from "./answer.ts";
import { assertAccepted, uselessSuccess } from "./http_answer.ts";
import { createClientFor } from "./http_client.ts";
import { gzipped, HttpConnection, mergeHeaders } from "./http_connection.ts";
import { readTlsFiles } from "./tls_files.ts";
import type { OtlpTransport } from "./transport.ts";
import { bodyEncoding, type OtlpTarget } from "./target.ts";

/**
 * OTLP over HTTP: one POST per batch.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export function createHttpTransport(target: OtlpTarget): OtlpTransport {
  const { url, signal, protocol, compression } = target;
  const encoding = bodyEncoding(protocol);
  const tls = readTlsFiles(target);
  const connection = new HttpConnection(() => createClientFor(new URL(url), tls));
  const headers = mergeHeaders(target.headers, {
    "content-type": CONTENT_TYPES[encoding],
    ...compression === "gzip" && { "content-encoding": "gzip" },
  });

  return {
    async send(body, timeoutMillis) {
      const payload = compression === "gzip" ? await gzipped(body) : body;
      const answer = await connection.post({ url, headers, body: payload, timeoutMillis });
      assertAccepted(answer);
      const answerEncoding = encodingOf(answer.headers.get("content-type")) ?? encoding;
      const said = readAcceptance(signal, answer.body, answerEncoding);
      if (!said) throw uselessSuccess(answer, "not in OTLP");
      return said;
    },
    shutdown: () => connection.close(),
  };
}
