import { errorChain, innermostMessage, isTimeout } from "./instrumentation/error_chain.ts";

export { errorChain, innermostMessage, isTimeout };

/** The reason where a server is silent until the time is over. */
export const NO_ANSWER = "no answer in time";

type Words = string | ((match: RegExpExecArray) => string);

const CLOSED = [
  "connection closed",
  "closed before",
  "broken pipe",
  "reset by peer",
  "forcibly closed",
  "connection was aborted",
  "ECONNRESET",
  "hang up",
  "unexpected (end of file|eof)",
  "close_notify",
  "reading a body",
];

/**
 * Reasons by what the messages of Deno's `fetch`, `connect` and `connectTls` and of `node:net` have
 * in them on Linux, macOS or Windows. The first that fits counts.
 */
const REASONS: readonly (readonly [RegExp, Words])[] = [
  [
    /Requests to port (\d+) are blocked/,
    ([, port]) =>
      `fetch does not send to port ${port}, which belongs to another protocol; choose another port`,
  ],
  [/connection refused|actively refused|ECONNREFUSED/i, "connection refused"],
  [/dns error|failed to lookup|no such host|ENOTFOUND|EAI_AGAIN/i, "the host name is not known"],
  [/NoApplicationProtocol/, "the server does not offer HTTP/2"],
  [/CertificateRequired/, "the server wants a client certificate"],
  [/fatal alert: (\w+)/, ([, alert]) => `the server ended the TLS handshake (${alert})`],
  [
    /certificate not valid for name "([^"]*)"/,
    ([, name]) => `the server's certificate is not for "${name}"`,
  ],
  [
    /certificate[^:]*: *([\w ]+)/i,
    ([, reason]) => `the server's certificate is not trusted (${reason})`,
  ],
  [/InvalidContentType/, "the server does not speak TLS"],
  [/invalid HTTP version/, "the server does not speak HTTP/1.1; it may be a gRPC port"],
  // Read as HTTP/2, the first bytes of any other answer begin a frame that is far too long.
  [/frame with invalid size/, "the server does not speak HTTP/2; it may be a port for HTTP or TLS"],
  [new RegExp(CLOSED.join("|"), "i"), "connection closed"],
  [/no route to host|unreachable/i, "the host cannot be reached"],
  [/timed? ?out|did not properly respond/i, NO_ANSWER],
];

/**
 * Why a connection could not be made or was lost, in a few words.
 *
 * What `fetch` says is in its error up to Deno 2.7, and from 2.9 on, as in Node, in a cause of it.
 */
export function connectionFailure(error: unknown): string {
  if (isTimeout(error)) return NO_ANSWER;
  const text = errorChain(error).join("\n");
  for (const [pattern, words] of REASONS) {
    const match = pattern.exec(text);
    if (match) return typeof words === "string" ? words : words(match);
  }
  return innermostMessage(error);
}

/** Whether something answered that speaks another protocol or another version of it. */
export function isOtherProtocol(error: unknown): boolean {
  return /invalid HTTP version|frame with invalid size/.test(errorChain(error).join("\n"));
}

/** Whether it is the port that keeps `fetch` from sending, for ever. */
export function isBlockedPort(error: unknown): boolean {
  return errorChain(error).some((message) => /Requests to port \d+ are blocked/.test(message));
}
